using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>What a person at a client sees, through a real Squid that asks a real portal.</summary>
[Trait("Category", "EndToEnd")]
public sealed partial class SquidChainTests(ProxyChain chain) : IClassFixture<ProxyChain>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Client_WithoutCredentials_IsAskedForThem(bool tunnel)
    {
        CurlAnswer answer = await chain.GetAsync(null, null, tunnel);

        Assert.Equal(407, answer.Status);
        Assert.Contains("Proxy-Authenticate: Basic realm=\"Example proxy\"", answer.Headers, StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Client_WithTheRightPassword_GetsThrough(bool tunnel) =>
        Assert.Equal(200, (await chain.GetAsync("alice", ProxyChain.Password, tunnel)).Status);

    // Whoever reads the page of the 407 has one click to what helps, with the number by which an administrator finds the attempt.
    [Theory, InlineData("alice", "not the passphrase", 407, "credential.rejected"), InlineData("ended", ProxyChain.Password, 403, "account.expired")]
    public async Task PageOfARefusal_HoldsTheHelpersWordsAndLeadsToTheHelp(string user, string password, int status, string code)
    {
        CurlAnswer answer = await chain.GetAsync(user, password);
        Assert.Equal(status, answer.Status);
        Assert.Contains(status == 407 ? "<p class=\"said saidcredential.rejected\">The proxy did not accept these credentials." : "Your access has ended.", answer.Body, StringComparison.Ordinal);
        Match link = HelpLink().Match(answer.Body);
        Assert.Equal(code, link.Groups["code"].Value);
        using var browser = new HttpClient();
        string help = await browser.GetStringAsync(new Uri(chain.Portal.Url, WebUtility.HtmlDecode(link.Groups["path"].Value)), TestContext.Current.CancellationToken);
        Assert.Contains(link.Groups["id"].Value, help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfTheFirst407_SaysNothingOfAnAttempt()
    {
        CurlAnswer answer = await chain.GetAsync(null, null);
        Assert.Contains("class=\"said said-\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("/help/407/-?event=-", answer.Body, StringComparison.Ordinal);
        using var browser = new HttpClient();
        Assert.Contains("Help with the proxy", await browser.GetStringAsync(new Uri(chain.Portal.Url, "/help/407/-?event=-"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Client_WithAWrongPassword_IsRefused(bool tunnel) =>
        Assert.Equal(407, (await chain.GetAsync("alice", "not the passphrase", tunnel)).Status);

    [Fact]
    public async Task Client_WithADeviceSecret_GetsThrough() =>
        Assert.Equal(200, (await chain.GetAsync("alice+laptop", ProxyChain.DeviceSecret)).Status);

    [Fact]
    public async Task Client_InOtherCase_IsTheSameUser() =>
        Assert.Equal(200, (await chain.GetAsync("ALICE", ProxyChain.Password)).Status);

    [Theory, InlineData(false), InlineData(true)]
    public async Task Client_AfterTheEndOfTheAccount_IsToldSoAndNotAskedAgain(bool tunnel)
    {
        CurlAnswer answer = await chain.GetAsync("ended", ProxyChain.Password, tunnel);

        Assert.Equal(403, answer.Status);
        Assert.DoesNotContain("Proxy-Authenticate", answer.Headers, StringComparison.OrdinalIgnoreCase);
        // curl shows no body that comes instead of a tunnel, as browsers do not.
        if (!tunnel)
            Assert.Contains("Your access has ended. Ask your administrator to extend it.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_AfterTheEndOfTheAccountWithAWrongPassword_LearnsNothing() =>
        Assert.Equal(407, (await chain.GetAsync("ended", "not the passphrase")).Status);

    [Theory, InlineData("spaces"), InlineData("colons"), InlineData("percents"), InlineData("pluses"), InlineData("quotes"), InlineData("emoji"), InlineData("long64")]
    public async Task Client_WithAnOddPassword_GetsThrough(string user) =>
        Assert.Equal(200, (await chain.GetAsync(user, ProxyChain.OddPasswords[user])).Status);

    [Fact]
    public async Task UnknownUserAndWrongPassword_LookTheSame()
    {
        CurlAnswer unknown = await chain.GetAsync("nobody", "whatever it may be");
        CurlAnswer wrong = await chain.GetAsync("alice", "whatever it may be");

        Assert.Equal(Comparable(wrong.Headers), Comparable(unknown.Headers));
    }

    [Fact]
    public async Task ManyClientsAtOnce_EachGetTheirOwnAnswer()
    {
        // Every second one sends its neighbour's secret: an answer on the wrong channel would let it through, or keep another out.
        CurlAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, ProxyChain.ClientsAtOnce)
            .Select(i => chain.GetAsync($"crowd{i}+d", ProxyChain.CrowdSecret(i % 2 == 0 ? i : i - 1))));

        Assert.Equal(Enumerable.Range(0, ProxyChain.ClientsAtOnce).Select(i => i % 2 == 0 ? 200 : 407), answers.Select(answer => answer.Status));
    }

    [Fact]
    public async Task Origin_NeverSeesTheProxysCredentials()
    {
        await chain.GetAsync("alice", ProxyChain.Password);

        Assert.DoesNotContain(chain.Origin.Seen, request => request.Contains("Proxy-Authorization", StringComparison.OrdinalIgnoreCase));
    }

    private static string Comparable(string headers) => string.Join('\n', headers.Split('\n')
        .Where(line => !line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex("href=\"[^\"]*(?<path>/help/407/(?<code>[a-z._]+)\\?event=(?<id>[0-9A-Z]{26}))\"")]
    private static partial Regex HelpLink();
}
