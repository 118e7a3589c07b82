using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace ProxyPortal;

/// <summary>The owner of every route. Navigation, pages, mails and tests take their links from here, so a page can move in one place
/// and a filtered view can be bookmarked: filters, sorting and paging are part of the address, and defaults are left out of it.</summary>
public static class PortalUrls
{
    public const string Home = "/";
    public const string Proxies = "/proxies";
    public const string NewUser = "/users/new";
    public const string NewProxy = "/proxies/new";
    public const string Settings = "/settings";
    public const string Setup = "/setup";
    public const string SetupOrganisation = "/setup/organisation";
    public const string SetupProxy = "/setup/proxy";
    public const string SetupUser = "/setup/user";
    public const string SetupFirstCall = "/setup/first-call";

    public const string SignIn = "/account/sign-in";
    public const string SignInLink = "/account/sign-in-link";
    public const string SignOut = "/account/sign-out";
    public const string SecondFactor = "/account/second-factor";
    public const string RecoveryCode = "/account/recovery-code";
    public const string EnrolSecondFactor = "/account/enrol-second-factor";
    public const string SetPassword = "/account/set-password";
    public const string ForgotPassword = "/account/forgot-password";
    public const string MyAccount = "/account/manage";
    public const string ConfirmIdentity = "/account/confirm";
    public const string PasskeySignInOptions = "/account/passkey/sign-in-options";
    public const string PasskeySetupOptions = "/account/passkey/setup-options";
    public const string PasskeyCreationOptions = "/account/passkey/creation-options";

    public const string Connect = "/connect";
    public const string ConnectJson = "/connect.json";
    public const string ProxyPac = "/proxy.pac";
    public const string WpadDat = "/wpad.dat";

    public const string NotFound = "/not-found";

    /// <summary>The same for those who are not signed in.</summary>
    public const string NothingHere = "/nothing-here";

    public const string Error = "/error";
    public const string HealthLive = "/health/live";
    public const string HealthReady = "/health/ready";

    /// <summary>Templates for <c>@attribute [Route(…)]</c>, where a page needs a parameter or the path alone.</summary>
    public static class Routes
    {
        public const string Users = "/users";
        public const string User = "/users/{Id:guid}";
        public const string Proxy = "/proxies/{Id:guid}";
        public const string Audit = "/audit";
        public const string Help407 = "/help/407/{Code?}";
    }

    public static string Users(
        string? search = null, string? status = null, string? sort = null, bool descending = false, int page = 1, int? pageSize = null) =>
        WithQuery(Routes.Users,
            ("search", search), ("status", status), ("sort", sort), ("descending", descending ? "true" : null),
            ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    public static string User(Guid id) => $"/users/{id}";

    public static string Proxy(Guid id) => $"/proxies/{id}";

    public static string ProxiesMatching(string? search) => WithQuery(Proxies, ("search", search));

    /// <summary>The audit trail; <paramref name="actor"/> and <paramref name="target"/> are ids, times are UTC.</summary>
    public static string Audit(
        string? search = null, string? action = null, Guid? actor = null, Guid? target = null,
        DateTimeOffset? from = null, DateTimeOffset? to = null, int page = 1, int? pageSize = null) =>
        WithQuery(Routes.Audit,
            ("search", search), ("action", action), ("actor", actor?.ToString()), ("target", target?.ToString()),
            ("from", Utc(from)), ("to", Utc(to)),
            ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The sign-in page, coming back to <paramref name="returnUrl"/> afterwards when that is one of our own pages.</summary>
    public static string SignInAndReturn(string? returnUrl) =>
        IsLocal(returnUrl) && returnUrl != Home ? WithQuery(SignIn, ("returnUrl", returnUrl)) : SignIn;

    /// <summary>The page that explains a 407 to the person in front of the browser.</summary>
    public static string Help407(string? code = null) => code is null ? "/help/407" : $"/help/407/{Uri.EscapeDataString(code)}";

    /// <summary>Whether an address that came from outside stays on this site: <c>/users</c> does; <c>//evil.example</c>,
    /// <c>/\evil.example</c>, <c>https:…</c> and anything with control characters do not.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && !(url.Length > 1 && url[1] is '/' or '\\') && !url.Any(char.IsControl);

    private static string? PageOrDefault(int page) => page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null;

    private static string? Utc(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        foreach (var (name, value) in parts)
        {
            if (!string.IsNullOrEmpty(value))
                path = QueryHelpers.AddQueryString(path, name, value);
        }

        return path;
    }
}
