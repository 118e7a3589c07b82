using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Clients;
using ProxyPortal.Core.Publishing.Paste;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Paste;

/// <summary>What the portal itself hands out must pass.</summary>
public sealed class PasteGuideTests
{
    private const string Login = "alice+laptop";

    private static readonly Dictionary<string, PasteKind> Recognised = new()
    {
        ["curl"] = PasteKind.CurlRc,
        ["curlrc"] = PasteKind.CurlRc,
        ["wget"] = PasteKind.Wgetrc,
        ["git"] = PasteKind.Git,
        ["shell"] = PasteKind.Environment,
        ["powershell"] = PasteKind.Environment,
        ["etc-environment"] = PasteKind.Environment,
        ["systemd"] = PasteKind.Systemd,
        ["go"] = PasteKind.Environment,
        ["java-properties"] = PasteKind.Java,
        ["npm"] = PasteKind.Npmrc,
        ["pip"] = PasteKind.Pip,
        ["apt"] = PasteKind.Apt,
        ["maven"] = PasteKind.Maven,
        ["gradle"] = PasteKind.Gradle,
        ["docker-daemon"] = PasteKind.Docker,
        ["docker-client"] = PasteKind.Docker,
        ["windows-policy"] = PasteKind.WindowsRegistry,
    };

    // Refused beyond Latin-1, and the mask is beyond it.
    private static readonly string[] WithoutMask = ["pip", "requests"];

    public static TheoryData<string> Guides => [.. ClientGuides.All.Where(guide => !guide.IsSteps).Select(guide => guide.Id)];

    [Theory]
    [MemberData(nameof(Guides))]
    public void Look_TextOfAGuide_FindsNothing(string id)
    {
        ClientGuide guide = ClientGuides.Find(id)!;
        foreach (ProxyTransport transport in guide.Transports)
        {
            foreach (string host in new[] { "proxy.example", "2001:db8::1" })
            {
                foreach (AuthSchemes scheme in new[] { AuthSchemes.Basic, AuthSchemes.Negotiate })
                    Check(guide, new(host, 3128, transport), scheme);
            }
        }
    }

    private static void Check(ClientGuide guide, ProxyAddress address, AuthSchemes scheme)
    {
        string text = guide.Write(new(address, [scheme])
        {
            Login = Login,
            Secret = WithoutMask.Contains(guide.Id) ? "s3cret" : "•••••",
            Bypass = ["localhost", ".intern.example", "*.lan"],
        }).Value;
        PasteTarget[] targets = [new("other", new("other.example", 1, ProxyTransport.Http), []), new("right", address, [])];
        Result<PasteReport> report = PasteCheck.Look(text, targets, Login);
        Assert.True(report.Succeeded == Recognised.ContainsKey(guide.Id), $"{guide.Id}: {report.Error?.Code}\n{text}");
        if (!report.Succeeded)
            return;
        Assert.Equal(Recognised[guide.Id], report.Value.Kind);
        Assert.Equal("right", report.Value.Endpoint);
        // Go reads capitals and curl, in the same shell, does not: true here too, and the one exception.
        Assert.Equal(guide.Id == "go" ? "UpperCaseHttpProxyIgnored 1 HTTP_PROXY>http_proxy" : "", PasteCheckTests.Written(report.Value.Findings));
    }
}
