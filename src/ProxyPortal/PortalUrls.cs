using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace ProxyPortal;

/// <summary>The owner of every route. Navigation, pages, mails and tests take their links from here, so a page can move in one place
/// and a filtered view can be bookmarked: filters, sorting and paging are part of the address, and defaults are left out of it.</summary>
public static class PortalUrls
{
    public const string Home = "/";
    public const string MyAccess = "/my-access";
    public const string Proxies = "/proxies";
    public const string NewUser = "/users/new";
    public const string NewProxy = "/proxies/new";
    public const string ImportUsers = "/users/import";
    public const string DeviceRequests = "/devices/requests";
    public const string Groups = "/groups";
    public const string NewGroup = "/groups/new";
    public const string ExpiryPolicies = "/policies";
    public const string NewExpiryPolicy = "/policies/new";
    public const string ExpiryCalendar = "/policies/calendar";
    public const string ApiTokens = "/api-tokens";
    public const string AuditFile = "/audit/export";
    public const string ApiReference = "/api/docs";
    public const string OpenApiDocument = "/openapi/v1.json";
    public const string Settings = "/settings";
    public const string Setup = "/setup";
    public const string SetupOrganisation = "/setup/organisation";
    public const string SetupProxy = "/setup/proxy";
    public const string SetupUser = "/setup/user";
    public const string SetupFirstCall = "/setup/first-call";

    /// <summary>Where a form posts the language that a person chose.</summary>
    public const string Language = "/language";

    public const string SignIn = "/account/sign-in";
    public const string SignInLink = "/account/sign-in-link";
    public const string SignOut = "/account/sign-out";
    public const string SecondFactor = "/account/second-factor";
    public const string RecoveryCode = "/account/recovery-code";
    public const string EnrolSecondFactor = "/account/enrol-second-factor";
    public const string SetPassword = "/account/set-password";
    public const string PasswordAdvice = "/account/password-advice";
    public const string PairDevice = "/account/pair-device";
    public const string ForgotPassword = "/account/forgot-password";
    public const string MyAccount = "/account/manage";
    public const string RequestAccess = "/account/request-access";
    public const string ConfirmRequest = "/account/confirm-request";
    public const string Invitation = "/account/invitation";
    public const string ChangeMail = "/account/mail";
    public const string ConfirmMail = "/account/confirm-mail";
    public const string UndoMail = "/account/undo-mail";
    public const string ConfirmIdentity = "/account/confirm";
    public const string PasskeySignInOptions = "/account/passkey/sign-in-options";
    public const string PasskeySetupOptions = "/account/passkey/setup-options";
    public const string PasskeyCreationOptions = "/account/passkey/creation-options";

    public const string Connect = "/connect";
    public const string ConnectJson = "/connect.json";
    public const string ProxyPac = "/proxy.pac";
    public const string WpadDat = "/wpad.dat";
    public const string PasteCheck = "/check";
    public const string PacProfiles = "/pac";
    public const string NewPacProfile = "/pac/new";
    public const string Guides = "/guides";
    public const string GuidesToEdit = "/guides/manage";
    public const string NewGuide = "/guides/manage/new";
    public const string Announcements = "/announcements";
    public const string NewAnnouncement = "/announcements/new";

    public const string NotFound = "/not-found";

    /// <summary>The same for those who are not signed in.</summary>
    public const string NothingHere = "/nothing-here";

    public const string Error = "/error";
    public const string HealthLive = "/health/live";
    public const string HealthReady = "/health/ready";

    private const string PacFileStart = "/pac/";
    private const string PacFileEnd = ".pac";

    /// <summary>Templates for <c>@attribute [Route(…)]</c>, where a page needs a parameter or the path alone.</summary>
    public static class Routes
    {
        public const string Requests = "/requests";
        public const string Users = "/users";
        public const string User = "/users/{Id:guid}";
        public const string ViewAs = "/users/{Id:guid}/view";
        public const string ExportUsers = "/users/export";
        public const string UserJobRows = "/users/jobs/{job:guid}/results.csv";
        public const string Proxy = "/proxies/{Id:guid}";
        public const string Devices = "/devices";
        public const string Device = "/devices/{Id:guid}";
        public const string Group = "/groups/{Id:guid}";
        public const string ExpiryPolicy = "/policies/{Id:guid}";
        public const string Audit = "/audit";
        public const string Mails = "/settings/mail";
        public const string Verifications = "/verifications";
        public const string Help407 = "/help/407/{Code?}";
        public const string SquidErrorPage = "/errors/squid/{language}/{name}";
        public const string PacProfile = "/pac/{Id:guid}";
        public const string Guide = "/guides/{Slug}";
        public const string GuideEditor = "/guides/manage/{Slug}/{Language}";
        public const string Announcement = "/announcements/{Id:guid}";
        public const string ConnectClients = "/connect/{Name}";
        public const string ConnectClient = "/connect/{Name}/{Client}";
    }

    /// <summary>A guide, in the language of whoever opens it.</summary>
    public static string Guide(string slug) => $"{Guides}/{Uri.EscapeDataString(slug)}";

    public static string GuidesMatching(string? search) => WithQuery(Guides, ("search", search));

    /// <summary>The guides for those who write them.</summary>
    public static string GuidesToEditMatching(string? search) => WithQuery(GuidesToEdit, ("search", search));

    /// <summary>Where a guide is written; <paramref name="version"/> compared with the one before or with another.</summary>
    public static string GuideEditor(string slug, string language, int? version = null, int? with = null) =>
        WithQuery($"{GuidesToEdit}/{Uri.EscapeDataString(slug)}/{Uri.EscapeDataString(language)}",
            ("version", version?.ToString(CultureInfo.InvariantCulture)), ("with", with?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A page that Squid shows, as a file for it.</summary>
    public static string SquidErrorPage(string language, string name) => $"/errors/squid/{language}/{name}";

    /// <summary>The clients that can be set up for an endpoint, or one of them.</summary>
    public static string ConnectClients(string endpoint, string? client = null) => $"{Connect}/{Uri.EscapeDataString(endpoint)}{(client is null ? "" : "/" + client)}";

    public static string Users(
        string? search = null, string? status = null, string? sort = null, bool descending = false, int page = 1, int? pageSize = null,
        string? tag = null, string? group = null) =>
        WithQuery(Routes.Users,
            ("search", search), ("status", status), ("tag", tag), ("group", group), ("sort", sort), ("descending", descending ? "true" : null),
            ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What the user sees of their own access.</summary>
    public static string ViewAs(Guid id) => $"/users/{id}/view";

    public static string User(Guid id) => $"/users/{id}";

    /// <summary>The users that match, as CSV.</summary>
    public static string ExportUsers(string? search = null, string? status = null, string? tag = null, string? group = null) =>
        WithQuery(Routes.ExportUsers, ("search", search), ("status", status), ("tag", tag), ("group", group));

    /// <summary>What became of each user of a job, as CSV.</summary>
    public static string UserJobRows(Guid job) => $"/users/jobs/{job}/results.csv";

    public static string Proxy(Guid id) => $"/proxies/{id}";

    /// <summary>The registry of devices; <paramref name="user"/> is an id.</summary>
    public static string Devices(
        string? search = null, string? status = null, string? kind = null, Guid? user = null, string? sort = null, bool descending = false, int page = 1, int? pageSize = null) =>
        WithQuery(Routes.Devices,
            ("search", search), ("status", status), ("kind", kind), ("user", user?.ToString()), ("sort", sort), ("descending", descending ? "true" : null),
            ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The requests that wait, from the one that lapses first.</summary>
    public static string DeviceRequestsAt(string? search = null, int page = 1, int? pageSize = null) =>
        WithQuery(DeviceRequests, ("search", search), ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The requests for groups and for access, from the one that lapses first.</summary>
    public static string Requests(string? search = null, string? kind = null, string? status = null, int page = 1, int? pageSize = null) =>
        WithQuery(Routes.Requests, ("search", search), ("kind", kind), ("status", status), ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    public static string Device(Guid id) => $"/devices/{id}";

    public static string GroupList(string? search = null, string? sort = null, bool descending = false, int page = 1, int? pageSize = null) =>
        WithQuery(Groups,
            ("search", search), ("sort", sort), ("descending", descending ? "true" : null),
            ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    public static string Group(Guid id) => $"/groups/{id}";

    /// <summary>A group with the part of its members that is looked for.</summary>
    public static string GroupMembers(Guid id, string? search = null, int page = 1, int? pageSize = null) =>
        WithQuery(Group(id), ("search", search), ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    public static string ExpiryPoliciesMatching(string? search) => WithQuery(ExpiryPolicies, ("search", search));

    /// <summary>What ends in a month (<c>2026-12</c>), or on one day of it (<c>2026-12-24</c>) and of one kind.</summary>
    public static string Ends(string? month = null, string? day = null, string? kind = null, int page = 1, int? pageSize = null) =>
        WithQuery(ExpiryCalendar,
            ("month", month), ("day", day), ("kind", kind), ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    public static string ExpiryPolicy(Guid id) => $"/policies/{id}";

    public static string PacProfile(Guid id) => $"/pac/{id}";

    public static string Announcement(Guid id) => $"/announcements/{id}";

    /// <summary>Announces a change of this endpoint.</summary>
    public static string AnnounceChangeOf(string endpoint) => WithQuery(NewAnnouncement, ("endpoint", endpoint));

    /// <summary>The file of a PAC profile.</summary>
    public static string PacFile(string profile) => $"{PacFileStart}{profile}{PacFileEnd}";

    /// <summary>Whether <paramref name="path"/> is that of a PAC file, and of which profile: of the default one when <paramref name="profile"/> is empty.</summary>
    public static bool IsPacFile(string? path, out ReadOnlySpan<char> profile)
    {
        profile = default;
        if (string.Equals(path, ProxyPac, StringComparison.OrdinalIgnoreCase) || string.Equals(path, WpadDat, StringComparison.OrdinalIgnoreCase))
            return true;
        if (path is null || path.Length <= PacFileStart.Length + PacFileEnd.Length
            || !path.StartsWith(PacFileStart, StringComparison.OrdinalIgnoreCase) || !path.EndsWith(PacFileEnd, StringComparison.OrdinalIgnoreCase))
            return false;
        profile = path.AsSpan()[PacFileStart.Length..^PacFileEnd.Length];
        return true;
    }

    public static string ProxiesMatching(string? search) => WithQuery(Proxies, ("search", search));

    /// <summary>The stored verifications; <paramref name="search"/> is a user-id, a login name or the id of an answer, times are UTC.</summary>
    public static string Verifications(
        string? search = null, string? code = null, DateTimeOffset? from = null, DateTimeOffset? to = null, int page = 1, int? pageSize = null) =>
        WithQuery(Routes.Verifications,
            ("search", search), ("code", code), ("from", Utc(from)), ("to", Utc(to)),
            ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The audit trail; <paramref name="actor"/> and <paramref name="target"/> are ids, times are UTC.</summary>
    public static string Audit(
        string? search = null, string? action = null, Guid? actor = null, Guid? target = null,
        DateTimeOffset? from = null, DateTimeOffset? to = null, int page = 1, int? pageSize = null) =>
        WithQuery(Routes.Audit,
            ("search", search), ("action", action), ("actor", actor?.ToString()), ("target", target?.ToString()),
            ("from", Utc(from)), ("to", Utc(to)),
            ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The mails, of one state.</summary>
    public static string Mails(string? state = null, string? search = null, int page = 1, int? pageSize = null) =>
        WithQuery(Routes.Mails, ("search", search), ("state", state), ("page", PageOrDefault(page)), ("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The page that asks for a new proof of who somebody is, coming back to <paramref name="returnUrl"/>.</summary>
    public static string ConfirmAndReturn(string returnUrl) => WithQuery(ConfirmIdentity, ("returnUrl", returnUrl));

    public static string ApiTokensAt(int page, int pageSize) => WithQuery(ApiTokens,
        ("page", PageOrDefault(page)), ("pageSize", pageSize == ListAddress.DefaultSize ? null : pageSize.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The audit trail as a file, with the filters of the page.</summary>
    public static string AuditFileOf(string format, string? search, string? action, Guid? actor, Guid? target, DateTimeOffset? from, DateTimeOffset? to) =>
        WithQuery(AuditFile, ("format", format), ("search", search), ("action", action), ("actor", actor?.ToString()), ("target", target?.ToString()), ("from", Utc(from)), ("to", Utc(to)));

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
