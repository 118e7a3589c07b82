using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Clients;
using Xunit;
using static ProxyPortal.Core.Publishing.Clients.ClientTrouble;
using static ProxyPortal.Core.Publishing.Clients.ClientVerdict;

namespace ProxyPortal.Core.Tests.Publishing.Clients;

public sealed class ClientFitTests
{
    private const AuthSchemes Basic = AuthSchemes.Basic;
    private const AuthSchemes Digest = AuthSchemes.Digest;
    private const AuthSchemes Negotiate = AuthSchemes.Negotiate;
    private const AuthSchemes Bearer = AuthSchemes.Bearer;
    private const ProxyTransport Http = ProxyTransport.Http;
    private const ProxyTransport Https = ProxyTransport.Https;
    private const ProxyTransport Socks5 = ProxyTransport.Socks5;

    public static TheoryData<string, ProxyTransport, AuthSchemes[], ClientVerdict, ClientTrouble[]> Rows => new()
    {
        { "curlrc", Https, [Basic], Fits, [] },
        { "curlrc", Http, [Basic], FitsWithCare, [SecretInClear] },
        { "curlrc", Http, [Digest, Basic], Fits, [] },
        { "curlrc", Http, [Basic, Digest], FitsWithCare, [SecretInClear] },
        { "curlrc", Https, [Bearer], DoesNotFit, [SpeaksNoOfferedScheme] },
        { "curlrc", Socks5, [], FitsWithCare, [SecretInClear] },
        { "curlrc", Https, [Negotiate, Basic], Fits, [] },
        { "curl", Https, [Basic], FitsWithCare, [SecretOnCommandLine] },
        { "wget", Http, [Digest], DoesNotFit, [SpeaksNoOfferedScheme] },
        { "wget", Http, [Digest, Basic], FitsWithCare, [SecretInClear] },
        { "wget", Https, [Basic], DoesNotFit, [NoTlsToProxy] },
        { "wget", Socks5, [], DoesNotFit, [NoSocks] },
        { "git", Https, [Negotiate, Basic], Fits, [] },
        { "shell", Https, [Negotiate, Basic], FitsWithCare, [NegotiateWithoutTicketStops] },
        { "shell", Https, [Digest], DoesNotFit, [SpeaksNoOfferedScheme] },
        { "dotnet", Https, [Negotiate, Basic], Fits, [] },
        { "netrc", Https, [Basic], FitsWithCare, [MadeForServers] },
        { "systemd", Https, [Basic], FitsWithCare, [SecretReadableByOthers] },
        { "pip", Socks5, [], FitsWithCare, [SocksNeedsPackage, SecretInClear] },
        { "pip", Https, [Basic], Fits, [] },
        { "java", Http, [Basic], FitsWithCare, [JavaTunnelsNeedFlag, SecretInClear] },
        { "java", Http, [Digest, Basic], Fits, [] },
        { "java", Https, [Basic], DoesNotFit, [NoTlsToProxy] },
        { "gradle", Http, [Basic], FitsWithCare, [JavaTunnelsNeedFlag, SecretInClear] },
        { "maven", Http, [Basic], FitsWithCare, [SecretInClear] },
        { "node", Socks5, [], DoesNotFit, [NoSocks] },
        { "docker-daemon", Https, [Basic], Fits, [] },
        { "docker-daemon", Http, [Digest], DoesNotFit, [SpeaksNoOfferedScheme] },
        { "windows", Http, [Basic, Negotiate], FitsWithCare, [CannotKeepSecret] },
        { "windows", Https, [Basic], DoesNotFit, [NoTlsToProxy] },
        { "cmdkey", Http, [Basic], DoesNotFit, [SpeaksNoOfferedScheme] },
        { "ios", Http, [Basic], FitsWithCare, [SecretInClear] },
        { "android", Http, [Digest], FitsWithCare, [CannotKeepSecret] },
        { "chrome", Https, [Basic], FitsWithCare, [CannotKeepSecret] },
        { "chrome", Http, [Basic], FitsWithCare, [SecretInClear, CannotKeepSecret] },
        { "chrome", Socks5, [], DoesNotFit, [NeverSignsInToSocks] },
        { "firefox", Https, [Basic], DoesNotFit, [TlsOnlyByPac] },
        { "wget", Https, [Digest], DoesNotFit, [SpeaksNoOfferedScheme, NoTlsToProxy] },
        { "keepass", Http, [Bearer], Fits, [] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_Row_IsSo(string id, ProxyTransport transport, AuthSchemes[] schemes, ClientVerdict verdict, ClientTrouble[] troubles)
    {
        ClientFit fit = ClientFit.Of(ClientGuides.Find(id)!, new(new("proxy.example", 3128, transport), schemes));
        Assert.Equal(troubles, fit.Troubles);
        Assert.Equal(verdict, fit.Verdict);
    }

    [Fact]
    public void Of_FirefoxWithPac_SpeaksTls()
    {
        ClientSetting setting = new(new("proxy.example", 3128, Https), [Basic]) { PacUrl = new("http://portal.example/a.pac") };
        Assert.Equal([CannotKeepSecret], ClientFit.Of(ClientGuides.Find("firefox")!, setting).Troubles);
        Assert.True(ClientGuides.Find("firefox")!.Write(setting).Succeeded);
    }

    [Fact]
    public void Of_PythonWithAccents_WarnsOfLatin1()
    {
        ClientSetting setting = new(new("proxy.example", 3128, Https), [Basic]) { Login = "alice", Secret = "caf\u00E9" };
        Assert.Equal([SecretBeyondAscii], ClientFit.Of(ClientGuides.Find("requests")!, setting).Troubles);
    }

    [Fact]
    public void Of_EveryGuide_FitsSomeEndpoint() => Assert.All(ClientGuides.All, guide =>
        Assert.Contains(Enum.GetValues<ProxyTransport>(), transport =>
            ClientFit.Of(guide, new(new("proxy.example", 3128, transport), [Negotiate, Basic])).Verdict != DoesNotFit));

    [Fact]
    public void Words_EveryTrouble_HasCauseAndCure()
    {
        List<ClientTroubleWords> words = [.. Enum.GetValues<ClientTrouble>().Select(ClientTroubleWords.Of)];
        Assert.All(words, pair => Assert.True(pair.Cause.EndsWith('.') && pair.Cure.EndsWith('.') && !pair.Cause.Contains('{', StringComparison.Ordinal)));
        Assert.Equal(words.Count, words.DistinctBy(pair => pair.Cause).Count());
    }
}
