using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Setup;

/// <summary>How far the first run has come, told from what exists: it can be left and taken up anywhere, also after a restart.</summary>
/// <param name="IsOver">Finished in the wizard, or never needed.</param>
/// <param name="HasOrganisation">Somebody said what the portal is called and where it is found.</param>
/// <param name="Proxy">The oldest proxy.</param>
/// <param name="HasUser">There is somebody besides those who administer.</param>
/// <param name="HasCall">A proxy has asked.</param>
public sealed record SetupState(bool IsOver, bool HasOrganisation, SetupProxy? Proxy, bool HasUser, bool HasCall)
{
    /// <summary>The first step that is not done, as a page.</summary>
    public string NextUrl =>
        !HasOrganisation ? PortalUrls.SetupOrganisation
        : Proxy is null ? PortalUrls.SetupProxy
        : !HasUser && !HasCall ? PortalUrls.SetupUser
        : PortalUrls.SetupFirstCall;

    /// <summary>What is left, for the banner.</summary>
    public string NextStep => NextUrl switch
    {
        PortalUrls.SetupOrganisation => "Next: name your organisation.",
        PortalUrls.SetupProxy => "Next: add your first proxy.",
        PortalUrls.SetupUser => "Next: add your first user.",
        _ => HasCall ? "Your proxy has called: finish it." : "Next: see your proxy's first call.",
    };
}

/// <summary>The proxy of the first run.</summary>
public sealed record SetupProxy(Guid Id, string Name);

/// <summary>Computes where the first run stands.</summary>
public sealed class SetupProgress(IDbContextFactory<PortalDbContext> contexts, SettingsService settings, VerificationActivity activity)
{
    private static readonly SetupState Over = new(true, true, null, true, true);

    public async Task<SetupState> GetAsync(CancellationToken cancellationToken)
    {
        if (settings.Current.IsSetUp)
            return Over;
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // The configuration may name both; then there is nothing to ask.
        bool hasOrganisation = (settings.IsOrganisationNameFixed && settings.IsPublicUrlFixed) || await db.Settings.AnyAsync(row => row.PublicUrl != null || row.OrganisationName != null, cancellationToken);
        var proxy = await db.Proxies.OrderBy(row => row.CreatedAt).Select(row => new { row.Id, row.Name, row.LastCallAt }).FirstOrDefaultAsync(cancellationToken);
        bool hasUser = await db.Users.AnyAsync(row => row.Role == PortalRole.None && row.DeletedAt == null, cancellationToken);
        return new SetupState(
            false, hasOrganisation, proxy is null ? null : new SetupProxy(proxy.Id, proxy.Name), hasUser,
            proxy is not null && (proxy.LastCallAt ?? activity.LastCallOf(proxy.Id)) is not null);
    }
}
