using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProxyPortal.Access;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Settings;

/// <summary>The settings in force.</summary>
/// <param name="OrganisationName">Shown to users.</param>
/// <param name="PublicUrl">Without a trailing slash.</param>
/// <param name="IsSetUp">Whether the first run is over.</param>
public sealed record EffectiveSettings(string OrganisationName, string PublicUrl, bool IsSetUp)
{
    /// <summary>Who may ask for access without having an account.</summary>
    public RegistrationRules Registration { get; init; } = RegistrationRules.Closed;
}

/// <summary>Organisation name and public URL: from the configuration where it names them, else as set here.</summary>
public sealed class SettingsService(IDbContextFactory<PortalDbContext> contexts, IOptions<PortalOptions> options, AuditTrail audit, AccessControl access, TimeProvider time)
{
    public const string DefaultPublicUrl = "http://localhost:5080";
    public const string DefaultOrganisationName = "ProxyPortal";
    public const int OrganisationNameLength = 100;

    private volatile EffectiveSettings _current = new(options.Value.OrganisationName ?? DefaultOrganisationName, Canonical(options.Value.PublicUrl ?? DefaultPublicUrl), false);

    public EffectiveSettings Current => _current;

    /// <summary>Whether the configuration fixes the value, so that it cannot be changed here.</summary>
    public bool IsPublicUrlFixed => options.Value.PublicUrl is not null;

    public bool IsOrganisationNameFixed => options.Value.OrganisationName is not null;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        Use(await db.Settings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new PortalSettings());
    }

    /// <summary>Changes what the configuration does not fix. Errors: <c>organisationName_invalid</c>, <c>publicUrl_invalid</c>.</summary>
    public async Task<Result> ChangeAsync(Actor actor, string organisationName, string publicUrl, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditSettings, "settings", cancellationToken) is { } refused)
            return refused;
        string name = organisationName.Trim();
        publicUrl = publicUrl.Trim();
        if (name.Length is 0 or > OrganisationNameLength || name.Any(char.IsControl))
            return new Error("organisationName_invalid", $"Give a name of 1 to {OrganisationNameLength} characters.", "organisationName");
        if (!IsPublicUrl(publicUrl))
            return new Error("publicUrl_invalid", "Give the address people open in their browser, such as https://portal.example.test, without a path.", "publicUrl");
        return await SaveAsync(actor, AuditAction.SettingsChanged, row =>
        {
            if (!IsOrganisationNameFixed)
                row.OrganisationName = name;
            if (!IsPublicUrlFixed)
                row.PublicUrl = Canonical(publicUrl);
        }, cancellationToken);
    }

    /// <summary>Says who may ask for access without having an account. Errors: <c>domains_invalid</c>.</summary>
    public async Task<Result> ChangeRegistrationAsync(Actor actor, string domains, bool byInvitation, CancellationToken cancellationToken)
    {
        if (await access.RequireAsync(actor, Permission.EditSettings, "registration", cancellationToken) is { } refused)
            return refused;
        Result<RegistrationRules> rules = RegistrationRules.Read(domains, byInvitation);
        return rules.Error is { } fault ? fault : await SaveAsync(actor, AuditAction.SettingsChanged, row =>
            (row.RegistrationDomains, row.RegistrationByInvitation) = (rules.Value.IsOpen ? rules.Value.Text : null, byInvitation), cancellationToken);
    }

    /// <summary>Ends the first run: from now on no set-up link works.</summary>
    public async Task<Result> CompleteSetupAsync(Actor actor, CancellationToken cancellationToken) =>
        await access.RequireAsync(actor, Permission.EditSettings, "set-up", cancellationToken) is { } refused
            ? refused
            : await SaveAsync(actor, AuditAction.SetupCompleted, row => row.SetupCompletedAt ??= time.GetUtcNow(), cancellationToken);

    /// <summary>Whether <paramref name="text"/> is an absolute http(s) URL of a host alone.</summary>
    public static bool IsPublicUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.PathAndQuery == "/" && url.Fragment.Length == 0 && !text.Any(char.IsWhiteSpace);

    private static string Canonical(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

    private async Task<Result> SaveAsync(Actor actor, string action, Action<PortalSettings> change, CancellationToken cancellationToken)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        PortalSettings? row = await db.Settings.SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            db.Settings.Add(row = new PortalSettings());
        object before = Describe(row);
        change(row);
        audit.Add(db, actor, action, new AuditTarget("settings", null, "settings"), before, Describe(row));
        await db.SaveChangesAsync(cancellationToken);
        Use(row);
        return Result.Success;
    }

    private static object Describe(PortalSettings row) => new { row.OrganisationName, row.PublicUrl, row.RegistrationDomains, row.RegistrationByInvitation, row.SetupCompletedAt };

    private void Use(PortalSettings row) => _current = new(
        options.Value.OrganisationName ?? row.OrganisationName ?? DefaultOrganisationName,
        Canonical(options.Value.PublicUrl ?? row.PublicUrl ?? DefaultPublicUrl),
        row.SetupCompletedAt is not null)
    {
        Registration = RegistrationRules.Read(row.RegistrationDomains, row.RegistrationByInvitation) is { Succeeded: true } rules ? rules.Value : RegistrationRules.Closed,
    };
}
