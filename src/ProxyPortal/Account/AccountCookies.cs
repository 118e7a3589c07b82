using Microsoft.AspNetCore.Authentication.Cookies;
using ProxyPortal.Settings;

namespace ProxyPortal.Account;

internal static class AccountSchemes
{
    /// <summary>For those who proved a password and owe a second factor. A scheme of its own, so that every page, circuit and API that
    /// asks the usual one sees nobody: a forgotten policy opens nothing.</summary>
    public const string Pending = "Pending";

    /// <summary>The cookie of a session; what stands around the name, <see cref="AccountCookies"/> says.</summary>
    public const string SessionCookie = "pp-session";
}

/// <summary>Names cookies for the connection they travel on: <c>__Host-</c> and Secure over https, so that no neighbour domain and no
/// plain connection can plant or read one; a plain name on http://localhost, where browsers refuse the prefix.</summary>
internal sealed class AccountCookies(SettingsService settings) : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new() { ThrowForPartialCookies = false };

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, NameOf(context, key), value, Harden(context, options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _inner.DeleteCookie(context, NameOf(context, key), Harden(context, options));

    /// <summary>A cookie of our own that lives for a few minutes: a link's token, the state of a passkey ceremony.</summary>
    public void Append(HttpContext context, string key, string value, TimeSpan lifetime) =>
        context.Response.Cookies.Append(NameOf(context, key), value, Harden(context, new CookieOptions { MaxAge = lifetime, IsEssential = true }));

    public string? Read(HttpContext context, string key) => context.Request.Cookies[NameOf(context, key)];

    public void Delete(HttpContext context, string key) => context.Response.Cookies.Delete(NameOf(context, key), Harden(context, new CookieOptions()));

    private string NameOf(HttpContext context, string key) => IsSecure(context) ? "__Host-" + key : key;

    private CookieOptions Harden(HttpContext context, CookieOptions options)
    {
        (options.Secure, options.HttpOnly, options.SameSite, options.Path, options.Domain) = (IsSecure(context), true, SameSiteMode.Lax, "/", null);
        return options;
    }

    // A TLS-terminating proxy that is not trusted to say so still serves the public URL.
    private bool IsSecure(HttpContext context) => context.Request.IsHttps
        || (Uri.TryCreate(settings.Current.PublicUrl, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttps
            && url.Host.Equals(context.Request.Host.Host, StringComparison.OrdinalIgnoreCase));
}
