using CsCheck;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Core.Publishing.Pac;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Pac;

public sealed class PacDocumentTests
{
    private static readonly ProxyAddress Main = new("proxy.example.org", 3128, ProxyTransport.Http);
    private static readonly ProxyAddress Secure = new("secure.example.org", 3129, ProxyTransport.Https);
    private static readonly ProxyAddress Six = new("2001:db8::1", 1080, ProxyTransport.Socks5);

    private static readonly PacPlan Plan = new(
        "default", Patterns("intranet.example.org", ".corp.example.org", "*-lab.example.net", "10.0.0.0/8", "192.0.2.7", "constructor", "2001:db8::5"), true,
        [new PacRoute(Patterns(".video.example.com", "172.16.0.0/12"), [Six]), new PacRoute(Patterns("direct.video.example.com"), []), new PacRoute(Patterns("*.example.com"), [Secure, Main])],
        [Main, Secure], false);

    [Theory]
    [InlineData("http://intranet.example.org/a?b", "DIRECT", "intranet.example.org")]
    [InlineData("http://INTRANET.example.org./", "DIRECT", "intranet.example.org")]
    [InlineData("http://www.intranet.example.org/", "PROXY proxy.example.org:3128; HTTPS secure.example.org:3129", null)]
    [InlineData("https://corp.example.org/", "DIRECT", ".corp.example.org")]
    [InlineData("https://a.b.corp.example.org/", "DIRECT", ".corp.example.org")]
    [InlineData("https://notcorp.example.org/", "PROXY proxy.example.org:3128; HTTPS secure.example.org:3129", null)]
    [InlineData("https://x-lab.example.net/", "DIRECT", "*-lab.example.net")]
    [InlineData("http://10.1.2.3/", "DIRECT", "10.0.0.0/8")]
    [InlineData("http://11.1.2.3/", "PROXY proxy.example.org:3128; HTTPS secure.example.org:3129", null)]
    [InlineData("http://192.0.2.7:8080/", "DIRECT", "192.0.2.7")]
    [InlineData("http://[2001:db8::5]/", "DIRECT", "2001:db8::5")]
    [InlineData("http://[2001:db8::6]/", "PROXY proxy.example.org:3128; HTTPS secure.example.org:3129", null)]
    [InlineData("http://wiki/", "DIRECT", null)]
    [InlineData("http://a.video.example.com/", "SOCKS5 [2001:db8::1]:1080", ".video.example.com")]
    [InlineData("http://direct.video.example.com/", "SOCKS5 [2001:db8::1]:1080", ".video.example.com")]
    [InlineData("http://172.31.255.255/", "SOCKS5 [2001:db8::1]:1080", "172.16.0.0/12")]
    [InlineData("http://shop.example.com/", "HTTPS secure.example.org:3129; PROXY proxy.example.org:3128", "*.example.com")]
    [InlineData("http://hasownproperty.example.de/", "PROXY proxy.example.org:3128; HTTPS secure.example.org:3129", null)]
    public void Decision_IsWhatABrowserWouldFind(string url, string returns, string? pattern)
    {
        var document = new PacDocument(Plan);
        using var runtime = new PacRuntime(document);
        Assert.Equal(returns, runtime.Find(new Uri(url)));
        PacDecision decision = document.Decide(new Uri(url));
        Assert.Equal((returns, pattern), (decision.Returns, decision.Pattern?.ToString()));

        // The line that is named says so: the pattern, or what is returned.
        string line = document.Content.Split('\n')[decision.Line - 1];
        Assert.Contains(pattern is null ? $"\"{returns}\"" : $"\"{decision.Pattern!.Text.Split('/')[0]}\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Decision_OfAnyPlanAndHost_IsTheSameInAJavaScriptEngine()
    {
        Gen<string> label = OneOf("a", "b", "www", "x1", "constructor", "tostring", "org");
        Gen<string> host = Gen.OneOf(label.Array[1, 4].Select(labels => string.Join('.', labels)), Gen.Select(Gen.Byte, Gen.Byte).Select((third, fourth) => $"10.9.{third % 4}.{fourth}"));
        Gen<string> pattern = Gen.OneOf(
            host, host.Select(name => "." + name), label.Select(name => $"*.{name}"), label.Select(name => $"{name}?.*"), Gen.Int[8, 32].Select(length => $"{System.Net.IPNetwork.Parse($"10.9.{length % 4}.0/24").BaseAddress}/32"),
            Gen.Int[0, 3].Select(third => $"10.9.{third}.0/24"));
        Gen<HostPattern[]> patterns = pattern.Array[0, 8].Select(all => all.Select(HostPattern.Parse).Where(parsed => parsed.Succeeded).Select(parsed => parsed.Value).ToArray());
        Gen<ProxyAddress[]> proxies = OneOf(Main, Secure, Six).Array[0, 3];
        Gen<PacPlan> plans = Gen.Select(patterns, Gen.Bool, Gen.Select(patterns, proxies).Select((hosts, by) => new PacRoute(hosts, by)).Array[0, 3], proxies, Gen.Bool)
            .Select((bypass, plain, routes, rest, falls) => new PacPlan("any", bypass, plain, routes, rest, falls));
        Gen.Select(plans, host.Array[20]).Sample(
            (plan, hosts) =>
            {
                var document = new PacDocument(plan);
                using var runtime = new PacRuntime(document);
                return hosts.All(name => runtime.Find(new Uri($"http://{name}/")) == document.Decide(new Uri($"http://{name}/")).Returns);
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public void Title_CannotLeaveItsComment()
    {
        var document = new PacDocument(Plan with { Title = "x\nalert(1);//\u2028alert(2)\r*/ é" });
        Assert.Equal("// x?alert(1);//?alert(2)?*/ ?", document.Content.Split('\n')[0]);
        Assert.All(document.Content, character => Assert.True(character is >= ' ' and <= '~' or '\n'));
        using var runtime = new PacRuntime(document);
        Assert.Equal("DIRECT", runtime.Find(new Uri("http://wiki/")));
    }

    [Theory]
    [InlineData("proxy\"; alert(1);//")]
    [InlineData("proxy\u2028example")]
    [InlineData("(a+)+$")]
    [InlineData("a\nb.example")]
    [InlineData("*****.example")]
    [InlineData("*a*b*c*d*e*")]
    [InlineData("")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/8/9")]
    [InlineData("2001:db8::/32")]
    [InlineData("http://example.org/")]
    [InlineData("0x7f.1")]
    [InlineData("..")]
    public void Pattern_ThatIsNone_IsRefusedInWords(string typed)
    {
        Error error = HostPattern.Parse(typed).Error!;
        Assert.Equal("pattern_invalid", error.Code);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Pattern_TooLong_IsRefused() => Assert.Equal("pattern_invalid", HostPattern.Parse(new string('a', 254)).Error!.Code);

    [Theory]
    [InlineData(" Intranet.Example.ORG. ", "intranet.example.org", HostPatternKind.Exact)]
    [InlineData(".Example.org", ".example.org", HostPatternKind.Domain)]
    [InlineData("bücher.example", "xn--bcher-kva.example", HostPatternKind.Exact)]
    [InlineData("[2001:db8::1]", "2001:db8::1", HostPatternKind.Exact)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", HostPatternKind.Network)]
    [InlineData("*.example.org", "*.example.org", HostPatternKind.Glob)]
    public void Pattern_IsKeptInCanonicalForm(string typed, string canonical, HostPatternKind kind)
    {
        HostPattern pattern = HostPattern.Parse(typed).Value;
        Assert.Equal((canonical, kind), (pattern.ToString(), pattern.Kind));
    }

    [Fact]
    public void FallBack_IsOfferedLast_AndNoProxyAtAllIsDirect()
    {
        Assert.Equal("PROXY proxy.example.org:3128; DIRECT", (Plan with { FallsBackToDirect = true }).ReturnOf([Main]));
        Assert.Equal("DIRECT", Plan.ReturnOf([]));
    }

    [Fact]
    public void Thousands_OfPatterns_AreFoundAndNameTheirLine()
    {
        HostPattern[] many = Patterns([.. Enumerable.Range(0, PacPlan.MaxPatterns).Select(number => $"host{number}.example.org")]);
        var document = new PacDocument(Plan with { Bypass = many });
        using var runtime = new PacRuntime(document);
        var last = new Uri($"http://host{PacPlan.MaxPatterns - 1}.example.org/");
        Assert.Equal("DIRECT", runtime.Find(last));
        Assert.Contains(last.Host, document.Content.Split('\n')[document.Decide(last).Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Thousands_OfRulesOfEveryKind_DecideTheSameInAJavaScriptEngine()
    {
        var random = new Random(407);
        HostPattern[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => HostPattern.Parse(random.Next(10) switch
        {
            < 5 => $"h{random.Next(3000)}.d{random.Next(50)}.example.org",
            < 8 => $".s{random.Next(500)}.example.net",
            8 => $"*-{random.Next(40)}.lab.example.com",
            _ => $"10.{random.Next(256)}.{random.Next(256)}.0/24",
        }).Value)];
        PacRoute[] routes = [.. Enumerable.Range(0, 20).Select(number => new PacRoute(Some(100), number % 4 == 0 ? [] : [Secure, Main]))];
        var document = new PacDocument(Plan with { Bypass = Some(PacPlan.MaxPatterns - 2000), Routes = routes, Proxies = [Six, Main] });
        using var runtime = new PacRuntime(document);
        Uri[] urls =
        [
            .. Enumerable.Range(0, 400).Select(_ => new Uri(random.Next(4) switch
            {
                0 => $"http://h{random.Next(3000)}.d{random.Next(50)}.example.org/",
                1 => $"https://www.s{random.Next(700)}.example.net/",
                2 => $"http://x-{random.Next(60)}.lab.example.com/",
                _ => $"http://10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}/",
            })),
        ];
        Assert.All(urls, url => Assert.Equal(runtime.Find(url), document.Decide(url).Returns));
        Assert.True(urls.Select(url => document.Decide(url).Returns).Distinct().Count() >= 3);
    }

    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(number => all[number]);

    private static HostPattern[] Patterns(params string[] typed) => [.. typed.Select(text => HostPattern.Parse(text).Value)];
}
