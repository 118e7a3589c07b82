using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>The sign-in form, posted with wrong passwords. Every attempt comes from an address of its own, as from a botnet: the throttle
/// would end the measurement, and what a throttled attempt costs is another question.</summary>
internal sealed partial class SignInSurface : Surface
{
    private const string Path = "/account/sign-in";
    private readonly IReadOnlyList<(string Kind, string[] Logins)> _logins;
    private readonly string _cookie;
    private readonly string _token;
    private int _next;

    private SignInSurface(IPEndPoint server, IReadOnlyList<(string Kind, string[] Logins)> logins, string cookie, string token)
        : base("sign-in", server, [.. logins.Select(kind => kind.Kind)]) => (_logins, _cookie, _token) = (logins, cookie, token);

    public static async Task<SignInSurface> OpenAsync(IPEndPoint server, IReadOnlyList<(string Kind, string[] Logins)> logins, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var browser = new HttpClient(handler);
        using var page = await browser.GetAsync(new Uri($"http://{server}{Path}"), cancellation);
        var cookie = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var token = Token().Match(await page.Content.ReadAsStringAsync(cancellation)).Groups[1].Value;
        return new SignInSurface(server, logins, cookie, WebUtility.HtmlDecode(token));
    }

    public override byte[] Request(int kind)
    {
        var own = _logins[kind].Logins;
        var number = _next++;
        // The range that RFC 2544 keeps for benchmarks.
        var source = $"198.{18 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
        var body = $"_handler=sign-in&__RequestVerificationToken={Uri.EscapeDataString(_token)}&userId={own[number % own.Length]}&password={Fresh.Secret()}";
        return Encoding.ASCII.GetBytes($"""
            POST {Path} HTTP/1.1
            Host: {Server}
            Cookie: {_cookie}
            X-Forwarded-For: {source}
            Content-Type: application/x-www-form-urlencoded
            Content-Length: {body.Length}


            """.ReplaceLineEndings("\r\n") + body);
    }

    public override string Constant(ReadOnlySpan<byte> answer) => Changing().Replace(Encoding.UTF8.GetString(answer), "");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    // Chunk sizes too: they count the bytes of the token.
    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]+\"|nonce[-=]\"?[^\"']+|<!--Blazor-Server-Component-State:[^>]*-->|Date: [^\r]+\r\n|\r\n[0-9a-fA-F]+\r\n")]
    private static partial Regex Changing();
}
