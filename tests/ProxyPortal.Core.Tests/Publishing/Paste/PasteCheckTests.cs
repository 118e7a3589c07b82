using ProxyPortal.Core.Publishing.Paste;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Paste;

public sealed class PasteCheckTests
{
    public static TheoryData<int> RightTexts => [.. Enumerable.Range(0, PasteSamples.Right.Length)];

    [Theory]
    [MemberData(nameof(RightTexts))]
    public void Look_RightText_FindsNothing(int index)
    {
        (PasteKind kind, string text) = PasteSamples.Right[index];
        PasteReport report = Look(text);
        Assert.Equal(kind, report.Kind);
        Assert.Empty(report.Findings);
        Assert.Null(report.Corrected);
    }

    [Fact]
    public void Samples_EveryKind_HasOne() =>
        Assert.Equal(Enum.GetValues<PasteKind>(), PasteSamples.Right.Select(sample => sample.Kind).Distinct().Order());

    [Theory]
    [MemberData(nameof(PasteMistakes.All), MemberType = typeof(PasteMistakes))]
    public void Look_Mistake_IsNamedAndCorrected(string name, PasteKind kind, string text, string findings, string? corrected)
    {
        PasteReport report = Look(text);
        Assert.True(report.Kind == kind, name);
        Assert.Equal(findings, Written(report.Findings));
        Assert.Equal(corrected, report.Corrected);
        if (corrected is not null)
            Assert.Empty(Look(corrected).Findings);
    }

    [Fact]
    public void Mistakes_EveryTrouble_HasOne()
    {
        string all = string.Join('|', PasteMistakes.All.Select(row => row.Data.Item4));
        // These two need other targets, or another login.
        string[] elsewhere = [nameof(PasteTrouble.TransportNotSpoken), nameof(PasteTrouble.LoginNotEncoded)];
        Assert.All(Enum.GetNames<PasteTrouble>().Except(elsewhere), name => Assert.Contains(name, all, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "paste_empty")]
    [InlineData(" \r\n\t", "paste_empty")]
    [InlineData("hello", "paste_unreadable")]
    [InlineData("http_proxy=", "paste_unreadable")]
    [InlineData("https_proxy=$http_proxy", "paste_unreadable")]
    [InlineData("see https://example.com/ for more", "paste_unreadable")]
    [InlineData("{\"a\":\"b\"}", "paste_unreadable")]
    public void Look_NothingToRead_IsRefused(string text, string code)
    {
        Error? error = PasteCheck.Look(text, PasteSamples.Targets, null).Error;
        Assert.Equal(code, error?.Code);
        Assert.Equal("text", error?.Field);
    }

    [Fact]
    public void Look_TooLong_IsRefused()
    {
        Assert.Equal("paste_too_long", PasteCheck.Look(new string('a', PasteCheck.MaxLength + 1), [], null).Error?.Code);
        Assert.Equal("paste_unreadable", PasteCheck.Look(new string('a', PasteCheck.MaxLength), [], null).Error?.Code);
    }

    [Theory]
    [InlineData("http://other.example:3128", "office")]
    [InlineData("https://tls.example:1", "tls")]
    [InlineData("http://tls.example:3128", "tls")]
    [InlineData("http://other.example:8443", "tls")]
    [InlineData("http://other.example:1", "office")]
    [InlineData("http://socks.example:1080", "socks")]
    public void Look_Target_IsTheNearest(string text, string endpoint) => Assert.Equal(endpoint, Look(text).Endpoint);

    [Fact]
    public void Look_TwoEndpoints_AreEachTheirOwn() =>
        Assert.Empty(Look("http_proxy=http://proxy.example:3128\nhttps_proxy=https://tls.example:8443").Findings);

    [Theory]
    [InlineData("http_proxy=http://any.example:1\nhttps_proxy=https://any.example:1", "", null)]
    [InlineData("HTTP_PROXY=http://any.example:1\nhttps_proxy=http://any.example:1", "UpperCaseHttpProxyIgnored 1 HTTP_PROXY>http_proxy",
        "http_proxy=http://any.example:1\nhttps_proxy=http://any.example:1")]
    [InlineData("http://any.example:x", "WrongPort 1 x>", null)]
    [InlineData("http://a_b:1", "WrongHost 1 a_b>", null)]
    [InlineData("http://bob:•••••#@any.example:1", "SecretNotEncoded 1 >", "http://bob:•••••%23@any.example:1")]
    public void Look_WithoutTargets_ReportsSyntaxOnly(string text, string findings, string? corrected)
    {
        PasteReport report = PasteCheck.Look(text, [], null).Value;
        Assert.Equal(findings, Written(report.Findings));
        Assert.Equal(corrected, report.Corrected);
        Assert.Null(report.Endpoint);
    }

    [Fact]
    public void Look_OnlyTlsEndpoint_CannotBeWrittenForAClientWithoutTls()
    {
        PasteReport report = PasteCheck.Look("use_proxy = on\nhttp_proxy = http://tls.example:8443\nhttps_proxy = http://tls.example:8443\n",
            [PasteSamples.Targets[1]], null).Value;
        Assert.Equal("TransportNotSpoken 2 >|TransportNotSpoken 3 >", Written(report.Findings));
        Assert.Null(report.Corrected);
    }

    [Fact]
    public void Look_NoLogin_ComparesNone() =>
        Assert.Empty(PasteCheck.Look("http://bob:•••••@proxy.example:3128", PasteSamples.Targets, null).Value.Findings);

    [Fact]
    public void Look_LongMistake_IsShownInPart()
    {
        PasteFinding finding = Assert.Single(Look($"http://{new string('a', 9_000)}:3128").Findings);
        Assert.Equal(200, finding.Found?.Length);
    }

    internal static PasteReport Look(string text) => PasteCheck.Look(text, PasteSamples.Targets, PasteSamples.Login).Value;

    internal static string Written(IEnumerable<PasteFinding> findings) =>
        string.Join('|', findings.Select(finding => $"{finding.Trouble} {finding.Line} {finding.Found}>{finding.Expected}"));
}
