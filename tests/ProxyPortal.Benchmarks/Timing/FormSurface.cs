using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>A form of the portal, posted by strangers. Every post comes from an address of its own, as from a botnet: the throttle
/// would end the measurement, and what a throttled attempt costs is another question.</summary>
internal sealed partial class FormSurface : Surface
{
    private readonly string _path;
    private readonly string _form;
    private readonly Func<string, string> _fields;
    private readonly IReadOnlyList<(string Kind, string[] Logins)> _logins;
    private readonly string _cookie;
    private readonly string _token;
    private int _next;

    private FormSurface(string name, IPEndPoint server, string path, Func<string, string> fields, IReadOnlyList<(string Kind, string[] Logins)> logins, string cookie, string token)
        : base(name, server, [.. logins.Select(kind => kind.Kind)]) => (_path, _form, _fields, _logins, _cookie, _token) = (path, path.Split('/')[^1], fields, logins, cookie, token);

    /// <summary>The sign-in form with wrong passwords.</summary>
    public static Task<FormSurface> SignInAsync(IPEndPoint server, IReadOnlyList<(string Kind, string[] Logins)> logins, CancellationToken cancellation) =>
        OpenAsync("sign-in", server, "/account/sign-in", login => $"userId={login}&password={Fresh.Secret()}", logins, cancellation);

    /// <summary>The form that asks for a new password.</summary>
    public static Task<FormSurface> ForgotPasswordAsync(IPEndPoint server, IReadOnlyList<(string Kind, string[] Logins)> logins, CancellationToken cancellation) =>
        OpenAsync("reset", server, "/account/forgot-password", login => $"login={login}", logins, cancellation);

    private static async Task<FormSurface> OpenAsync(
        string name, IPEndPoint server, string path, Func<string, string> fields, IReadOnlyList<(string Kind, string[] Logins)> logins, CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var browser = new HttpClient(handler);
        using var page = await browser.GetAsync(new Uri($"http://{server}{path}"), cancellation);
        var cookie = page.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var token = Token().Match(await page.Content.ReadAsStringAsync(cancellation)).Groups[1].Value;
        return new FormSurface(name, server, path, fields, logins, cookie, WebUtility.HtmlDecode(token));
    }

    public override byte[] Request(int kind)
    {
        var own = _logins[kind].Logins;
        var body = $"_handler={_form}&__RequestVerificationToken={Uri.EscapeDataString(_token)}&{_fields(own[Random.Shared.Next(own.Length)])}";
        return Encoding.ASCII.GetBytes($"""
            POST {_path} HTTP/1.1
            Host: {Server}
            Cookie: {_cookie}
            X-Forwarded-For: {Sources.Of(_next++)}
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
