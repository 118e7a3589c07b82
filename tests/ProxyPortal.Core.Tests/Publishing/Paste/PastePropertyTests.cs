using System.Diagnostics;
using System.Text;
using CsCheck;
using ProxyPortal.Core.Publishing.Paste;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Paste;

public sealed class PastePropertyTests
{
    private const int Rounds = 1000;

    private static readonly string[] Shards =
    [
        "http://", "https://", "socks5://", "@", ":", "/", "#", "?", "%", "%%", "%4", "\"", "'", "\\", "\\u0040", "\\'", "`", "$", "${x}", "=", " = ", " ", "\t", "\n",
        "\r\n", "\r", "•••••", "%E2%80%A2", "[", "]", "[::1]", "::", ";", "&", "|", "<", "<!--", "-->", "<proxy>", "</proxy>", "<host>", "</host>", "{", "}", ",",
        "http_proxy=", "HTTP_PROXY=", "https_proxy=", "no_proxy=*", "export ", "set ", "$env:http_proxy = ", "Environment=", "proxy = ", "proxy-user = ", "curl -x ",
        "-U ", "use_proxy = off\n", "[http]\n", "[global]\n", "git config http.proxy ", "npm config set proxy ", "Acquire::http::Proxy ", "\"httpProxy\": ",
        "-Dhttp.proxyHost=", "http.proxyHost=", "systemProp.http.proxyHost=", "systemProp.http.proxyUser=", "\"ProxyServer\"=", "\"ProxyEnable\"=dword:0\n",
        "FindProxyForURL", "'PROXY ", "proxy.example", "3128", "65536", "alice", "bob", "\0", "\uD83D", "\uFFFE", "é", "\u3002", "*", "a", "1", "http:", "{0}",
    ];

    private static readonly Gen<string> Shard = Gen.Int[0, Shards.Length - 1].Select(i => Shards[i]);

    private static readonly Gen<string> Random = Gen.Select(Shard.Array[0, 24], Gen.String[0, 40], (shards, noise) => string.Concat(shards) + noise);

    private static readonly Gen<string> Mutated =
        Gen.Select(Gen.Int[0, PasteSamples.Right.Length - 1], Gen.Select(Gen.Int[0, 9_999], Gen.Int[0, 8], Shard).Array[1, 4], (index, mutations) =>
        {
            var text = new StringBuilder(PasteSamples.Right[index].Text);
            foreach ((int place, int length, string shard) in mutations)
            {
                int at = place % (text.Length + 1);
                text.Remove(at, Math.Min(length, text.Length - at)).Insert(at, shard);
            }
            return text.ToString();
        });

    [Fact]
    public void Look_RandomText_NeverThrowsAndCorrectsFully() => Random.Sample(CheckAll, iter: Rounds);

    [Fact]
    public void Look_MutatedText_NeverThrowsAndCorrectsFully() => Mutated.Sample(CheckAll, iter: Rounds);

    [Fact]
    public void Look_MutatedText_IsMostlyCorrected()
    {
        int wrong = 0, corrected = 0;
        Mutated.Sample(text =>
        {
            if (PasteCheck.Look(text, PasteSamples.Targets, PasteSamples.Login) is not { Succeeded: true, Value: { Findings.Count: > 0 } report })
                return;
            Interlocked.Increment(ref wrong);
            if (report.Corrected is not null)
                Interlocked.Increment(ref corrected);
        }, iter: Rounds);
        Assert.True(wrong > Rounds / 4 && corrected * 10 > wrong * 9, $"{corrected} of {wrong} were corrected.");
    }

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Look_LongestText_IsQuick(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, PasteCheck.MaxLength / part.Length));
        var clock = Stopwatch.StartNew();
        CheckAll(text);
        // Far above what it takes; what is not linear takes minutes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    public static TheoryData<string> Repeated =>
    [
        "http_proxy=a\n", "http_proxy=$x\r", " http_proxy=a:1@b", "<proxy>", "<proxy><host>a</host></proxy>", "<!--", "{\"httpProxy\":\"a\"", "{\"httpProxy\":\"a\"},",
        "{\"httpProxy\":\"", "-Dhttp.proxyHost=a ", "http.proxyHost=a\n", "\"ProxyServer\"=\"a;b;c\"\n", "FindProxyForURL 'PROXY a;PROXY b'", "'", "\\", "@", ":", "[",
        "http://a@", "Environment=http_proxy=\"a\" ", "Environment=http_proxy=%\n", "curl -x a -U b ", "curl -x a \\\n", "proxy = a\n", "[http]\nproxy=a\n", "no_proxy=*,*\n",
        "Acquire::http::Proxy \"a\";\n", "systemProp.http.proxyHost=a\n", "systemProp.http.proxyUser=a\n", "use_proxy = off\nhttp_proxy = 'b'\n", "npm config set proxy a ",
    ];

    private static void CheckAll(string text)
    {
        CheckOne(text, PasteSamples.Targets, "alice");
        CheckOne(text, [], null);
        CheckOne(text, [PasteSamples.Targets[1]], "a@b:c");
    }

    private static int Masks(string text) => text.Split("•••••").Length;

    private static void CheckOne(string text, PasteTarget[] targets, string? login)
    {
        Result<PasteReport> report = PasteCheck.Look(text, targets, login);
        if (!report.Succeeded)
            return;
        Assert.All(report.Value.Findings, finding => Assert.True((finding.Found?.Length ?? 0) <= 200 && finding.Line >= 1));
        if (report.Value.Findings.Count == 0)
            Assert.Null(report.Value.Corrected);
        if (report.Value.Corrected is not string corrected)
            return;
        Assert.Empty(PasteCheck.Look(corrected, targets, login).Value.Findings);
        // Only credentials in the wrong place, or a value that another one replaces, take their mask with them.
        if (!report.Value.Findings.Any(finding => finding.Trouble is PasteTrouble.CredentialsIgnored or PasteTrouble.SetTwice or PasteTrouble.WrongHost
            or PasteTrouble.WrongPort or PasteTrouble.WrongLogin))
            Assert.True(Masks(corrected) >= Masks(text), corrected);
    }
}
