using System.Text.RegularExpressions;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Clients;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Clients;

/// <summary>Every text is read back by its client's own rules and must give what was put in, or must have been refused for a reason stated here.</summary>
public sealed partial class ClientTextTests
{
    private const int Rounds = 1000;
    private static readonly string[] Hosts = ["proxy.example", "192.0.2.10", "2001:db8::1"];
    private static readonly string[] Bypass = ["localhost", ".intern.example", "*.lan", "10.0.0.0/8"];

    // What a format cannot carry, said once more and otherwise than in the product.
    private static readonly Dictionary<string, Func<string, bool>> CannotCarry = new()
    {
        ["git"] = text => PercentEscape().IsMatch(text),
        ["pip"] = text => text.Any(c => c > 255),
        ["requests"] = text => text.Any(c => c > 255),
        ["maven"] = text => text.Trim() != text || Braces().IsMatch(text),
        ["cmdkey"] = text => text.Contains('"', StringComparison.Ordinal) || text.EndsWith('\\'),
    };

    // Entries that are looked up by host name alone.
    private static readonly string[] WithoutPort = ["netrc", "cmdkey"];

    public static TheoryData<string> Texts => [.. ClientGuides.All.Where(guide => !guide.IsSteps).Select(guide => guide.Id)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_FuzzedSecrets_AreReadBackByTheClient(string id)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        Func<ClientSetting, ClientReading> expected = Expected(guide);
        int written = 0;
        List<string> secrets = Fuzzed.Secrets(Rounds, seed: 1);
        List<string> logins = [.. Fuzzed.Secrets(Rounds, seed: 2).Select(login => login.Replace(":", "", StringComparison.Ordinal))];
        for (int i = 0; i < Rounds; i++)
        {
            ProxyAddress address = new(Hosts[i % Hosts.Length], 1 + (i * 67 % 65535), guide.Transports[i % guide.Transports.Count]);
            // Half of the logins are plain, or two fuzzed texts would hide what one alone can carry.
            ClientSetting setting = new(address, [AuthSchemes.Negotiate, AuthSchemes.Basic])
            {
                Login = i % 2 == 0 || logins[i].Length == 0 ? "alice+laptop" : logins[i],
                Secret = secrets[i],
                Bypass = i % 3 == 0 ? [] : Bypass,
            };
            Result<string> text = guide.Write(setting);
            bool isRefused = CannotCarry.TryGetValue(id, out Func<string, bool>? cannot) && (cannot(setting.Login) || cannot(setting.Secret));
            Assert.True(text.Error?.Code == (isRefused ? "client_cannot_write" : null), $"{setting.Login}\n{setting.Secret}\n{text.Error}");
            if (isRefused)
                continue;
            written++;
            Assert.Equal(expected(setting), ClientReaders.All[id](text.Value));
        }
        Assert.True(written > Rounds / 8, $"Only {written} of {Rounds} secrets were tried.");
    }

    [Fact]
    public void Catalogue_EveryText_HasAReader() =>
        Assert.Equal(ClientGuides.All.Where(guide => !guide.IsSteps).Select(guide => guide.Id).Order(), ClientReaders.All.Keys.Order());

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_WithoutSecret_SaysWhatToFillIn(string id)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        ClientSetting empty = Setting(guide, login: null, secret: null);
        string text = guide.Write(empty).Value;
        if (guide.Has(ClientTraits.AsksForSecret))
        {
            Assert.False(ClientSetting.HasPlaceholder(text));
            Assert.Equal(text, guide.Write(Setting(guide, "alice", "s3cret")).Value);
            return;
        }
        Assert.Contains("YOUR-LOGIN", text, StringComparison.Ordinal);
        Assert.Contains("YOUR-SECRET", text, StringComparison.Ordinal);
        Assert.Equal(Expected(guide)(empty with { Login = "YOUR-LOGIN", Secret = "YOUR-SECRET" }), ClientReaders.All[id](text));
        // Plain JSON and CSV know no comments.
        Assert.Equal(guide.Syntax is not (ClientSyntax.Json or ClientSyntax.Csv),
            text.Contains("Put your own login and secret in the place of", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_OneOfTwoGiven_ShowsThatOneOnly(string id)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        string withLogin = guide.Write(Setting(guide, "alice", null)).Value;
        Assert.DoesNotContain("s3cret", withLogin, StringComparison.Ordinal);
        Assert.Equal(!guide.Has(ClientTraits.AsksForSecret), withLogin.Contains("YOUR-SECRET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chrome")]
    [InlineData("chrome-registry")]
    [InlineData("edge")]
    [InlineData("edge-registry")]
    [InlineData("firefox")]
    [InlineData("windows-script")]
    [InlineData("windows-policy")]
    public void Write_PacUrl_IsFollowedByClientsWithoutASecret(string id)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        var pac = new Uri("http://portal.example/pac/a%20b.pac?key=o'k&x=\"1\\");
        ClientReading reading = ClientReaders.All[id](guide.Write(Setting(guide, "alice", "s3cret") with { PacUrl = pac }).Value);
        Assert.Equal(new ClientReading { Pac = pac.AbsoluteUri }, reading);
    }

    [Theory]
    [InlineData("netrc", false)]
    [InlineData("cmdkey", false)]
    [InlineData("java-properties", false)]
    [InlineData("gradle", false)]
    [InlineData("java", false)]
    [InlineData("maven", false)]
    [InlineData("networksetup", false)]
    [InlineData("mobileconfig", false)]
    [InlineData("curl", true)]
    [InlineData("shell", true)]
    [InlineData("git", true)]
    [InlineData("apt", true)]
    [InlineData("winhttp", true)]
    [InlineData("windows-policy", true)]
    [InlineData("firefox", true)]
    [InlineData("chrome", true)]
    [InlineData("dotnet", true)]
    [InlineData("docker-daemon", true)]
    public void Write_IPv6_IsBracketedWhereAPortFollows(string id, bool isBracketed)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        string text = guide.Write(Setting(guide, "alice", "s3cret") with { Address = new("2001:db8::1", 3128, guide.Transports[0]) }).Value;
        // The name that a profile shows to people is the address with its port, as everywhere in the portal.
        string machine = id == "mobileconfig" ? text[text.IndexOf("ProxyServer", StringComparison.Ordinal)..] : text;
        Assert.Equal(isBracketed, machine.Contains("[2001:db8::1]", StringComparison.Ordinal));
        Assert.Equal("2001:db8::1", ClientReaders.All[id](text).Host);
    }

    [Theory]
    [InlineData("login with colon", "a:b", "s", null, "login_invalid")]
    [InlineData("login with newline", "a\nb", "s", null, "login_invalid")]
    [InlineData("empty login", "", "s", null, "login_invalid")]
    [InlineData("secret with newline", "a", "s\nx", null, "secret_invalid")]
    [InlineData("secret with NUL", "a", "s\0", null, "secret_invalid")]
    [InlineData("secret with NEL", "a", "s\u0085", null, "secret_invalid")]
    [InlineData("secret with line separator", "a", "s\u2028", null, "secret_invalid")]
    [InlineData("noncharacter", "a", "s\uFFFE", null, "secret_invalid")]
    [InlineData("empty secret", "a", "", null, "secret_invalid")]
    [InlineData("bypass with quote", "a", "s", "x\"y", "bypass_invalid")]
    [InlineData("bypass with newline", "a", "s", "x\ny", "bypass_invalid")]
    [InlineData("bypass with blank", "a", "s", "x y", "bypass_invalid")]
    [InlineData("bypass with percent", "a", "s", "%PATH%", "bypass_invalid")]
    [InlineData("empty bypass", "a", "s", "", "bypass_invalid")]
    public void Write_WhatNoFormatCarries_IsRefusedByAll(string row, string login, string secret, string? bypass, string code)
    {
        foreach (ClientGuide guide in ClientGuides.All)
        {
            ClientSetting setting = Setting(guide, login, secret) with { Bypass = bypass is null ? [] : [bypass] };
            Assert.True(guide.Write(setting).Error?.Code == code, $"{row}: {guide.Id}");
            Assert.Empty(guide.Steps(setting));
        }
    }

    // Not a row above: attributes store text as UTF-8, which has no half of a pair.
    [Fact]
    public void Write_HalfAnEmoji_IsRefused()
    {
        string half = "\U0001F600"[..1];
        Assert.Equal("secret_invalid", ClientGuides.Find("curl")!.Write(Setting(ClientGuides.Find("curl")!, "alice", half)).Error?.Code);
        Assert.Equal("login_invalid", ClientGuides.Find("curl")!.Write(Setting(ClientGuides.Find("curl")!, half, "s3cret")).Error?.Code);
    }

    [Fact]
    public void Write_TransportNotSpoken_IsRefused()
    {
        foreach (ClientGuide guide in ClientGuides.All)
        {
            foreach (ProxyTransport transport in Enum.GetValues<ProxyTransport>())
            {
                Result<string> text = guide.Write(Setting(guide, "alice", "s3cret") with { Address = new("proxy.example", 3128, transport) });
                Assert.Equal(guide.Transports.Contains(transport) ? null : "client_transport", text.Error?.Code);
            }
        }
    }

    [Theory]
    [InlineData("curl", "--proxy-digest", AuthSchemes.Digest, AuthSchemes.Basic)]
    [InlineData("curl", "--proxy-basic", AuthSchemes.Negotiate, AuthSchemes.Basic)]
    [InlineData("curl", "--proxy-user ':' --proxy-negotiate", AuthSchemes.Negotiate)]
    [InlineData("curlrc", "proxy-ntlm\n", AuthSchemes.Ntlm)]
    [InlineData("git", "proxyAuthMethod = basic", AuthSchemes.Negotiate, AuthSchemes.Basic)]
    [InlineData("git", "proxyAuthMethod = negotiate", AuthSchemes.Negotiate)]
    [InlineData("dotnet", "\"Basic\", new NetworkCredential", AuthSchemes.Negotiate, AuthSchemes.Basic)]
    [InlineData("dotnet", "\"NTLM\", new NetworkCredential", AuthSchemes.Ntlm)]
    public void Write_SchemeNamed_IsTheFirstThatNeedsNoTicket(string id, string part, params AuthSchemes[] schemes)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        Assert.Contains(part, guide.Write(Setting(guide, "alice", "s3cret") with { Schemes = schemes }).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shell", "no_proxy='localhost,.intern.example,.lan,10.0.0.0/8'")]
    [InlineData("maven", "<nonProxyHosts>localhost|*.intern.example|*.lan|10.0.0.0/8</nonProxyHosts>")]
    [InlineData("winhttp", "bypass-list=\"localhost;*.intern.example;*.lan;10.0.0.0/8;<local>\"")]
    [InlineData("networksetup", "'localhost' '*.intern.example' '*.lan' '10.0.0.0/8'")]
    [InlineData("apt", "Acquire::https::Proxy::localhost \"DIRECT\";")]
    [InlineData("dotnet", @"""://([^/]*\\.)?intern\\.example(:\\d+)?$""")]
    public void Write_Bypass_IsInTheFormOfTheClient(string id, string part)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        Assert.Contains(part, guide.Write(Setting(guide, "alice", "s3cret") with { Bypass = Bypass }).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Setting_HoldsNoSecret() =>
        Assert.Equal("proxy.example:3128", Setting(ClientGuides.All[0], "alice", "s3cret").ToString());

    private static ClientSetting Setting(ClientGuide guide, string? login, string? secret) =>
        new(new("proxy.example", 3128, guide.Transports[0]), [AuthSchemes.Basic]) { Login = login, Secret = secret };

    private static Func<ClientSetting, ClientReading> Expected(ClientGuide guide)
    {
        bool holdsSecret = !guide.Has(ClientTraits.AsksForSecret);
        bool holdsPort = !WithoutPort.Contains(guide.Id);
        return setting => new ClientReading
        {
            Host = setting.Address.Host,
            Port = holdsPort ? setting.Address.Port : null,
            Login = holdsSecret ? setting.Login : null,
            Secret = holdsSecret ? setting.Secret : null,
        };
    }

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex PercentEscape();

    [GeneratedRegex(@"\{.*\}")]
    private static partial Regex Braces();
}
