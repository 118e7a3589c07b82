using ProxyPortal.EndToEndTests.Processes;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The self-test that an administrator runs on the proxy's host.</summary>
[Trait("Category", "EndToEnd")]
public sealed class HelperCheckTests(HelperBinary binary, ProxyChain chain) : IClassFixture<HelperBinary>, IClassFixture<ProxyChain>
{
    private static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    [Fact]
    public async Task RealPortal_EveryStepIsOk()
    {
        (int exitCode, string output) = await RunAsync(ProxyChain.CallerKey, "", "--url", chain.Portal.VerifyUrl.ToString(), "--endpoint", "hq");
        Assert.Equal((0, 5), (exitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("ok      ", line, StringComparison.Ordinal));
        Assert.Contains("endpoint hq known", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not the key of this proxy", "hq", "status 401, the caller key is missing or wrong")]
    [InlineData(ProxyChain.CallerKey, "elsewhere", "this proxy has no endpoint of that name")]
    public async Task RealPortal_WrongKeyOrEndpoint_NamesTheFix(string key, string endpoint, string fault)
    {
        (int exitCode, string output) = await RunAsync(key.Replace(' ', '-'), "", "--url", chain.Portal.VerifyUrl.ToString(), "--endpoint", endpoint);
        Assert.Equal(1, exitCode);
        Assert.Contains(fault, Assert.Single(output.Split('\n'), line => line.StartsWith("failed  ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RealPortal_LoginFromStandardInput_IsVerified()
    {
        string[] arguments = ["--url", chain.Portal.VerifyUrl.ToString(), "--endpoint", "hq", "--login"];
        (int exitCode, string output) = await RunAsync(ProxyChain.CallerKey, $"alice\n{ProxyChain.Password}\n", arguments);
        Assert.Equal(0, exitCode);
        Assert.Contains("login accepted", output, StringComparison.Ordinal);
        (exitCode, output) = await RunAsync(ProxyChain.CallerKey, "alice\nnot her password s3cret\n", arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains("credential.rejected", output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralPortals_EachIsTestedAndOneFailureCounts()
    {
        string dead = $"http://127.0.0.1:{Loopback.FreePort()}";
        (int exitCode, string output) = await RunAsync(ProxyChain.CallerKey, "", "--url", dead, "--url", chain.Portal.VerifyUrl.ToString(), "--endpoint", "hq");
        Assert.Equal(1, exitCode);
        Assert.Contains($"failed  {dead}: Connection refused", output, StringComparison.Ordinal);
        Assert.Contains("endpoint hq known", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClockApart_IsToldInSeconds()
    {
        await using FakePortal portal = new(_ => Task.FromResult(FakeAnswers.Response(
            400, "application/problem+json", """{"status":400,"code":"field_required"}""", "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n")));
        (int exitCode, string output) = await RunAsync(HelperProcess.CallerKey, "", "--url", portal.Url);
        Assert.Equal(1, exitCode);
        Assert.Contains("clock: -", output, StringComparison.Ordinal);
        // It sent nothing that could be a guess.
        Assert.All(portal.Requests, request => Assert.Null(request.Field("password")));
    }

    [Fact]
    public async Task Probe_IsNeverALogin()
    {
        await using FakePortal portal = new(_ => Task.FromResult(FakeAnswers.Response(
            400, "application/problem+json", """{"status":400,"code":"field_required"}""", $"Date: {TimeProvider.System.GetUtcNow():r}\r\n")));
        await RunAsync(HelperProcess.CallerKey, "", "--url", portal.Url);
        Assert.Equal(2, portal.Requests.Count);
        Assert.All(portal.Requests, request => Assert.True(request.Field("password") is null || request.Field("clientAddress") == "check"));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string key, string input, params string[] arguments)
    {
        string keyFile = HelperProcess.WriteKeyFile(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using HelperProcess helper = HelperProcess.Start(binary, NoEnvironment, ["check", "--key-file", keyFile, .. arguments]);
        if (input.Length > 0)
            await helper.SendAsync(input);
        (int, string) result = await helper.EndAsync();
        File.Delete(keyFile);
        return result;
    }
}
