using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Pac;

/// <summary>All PAC profiles: there are few.</summary>
public partial class PacProfilesPage
{
    private IReadOnlyList<PacProfileDetail> _all = [];

    [Inject]
    public required PacProfileService Profiles { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    private static string Count(PacProfileDetail profile) => string.Create(CultureInfo.InvariantCulture,
        $"{profile.Rules:N0} {(profile.Rules == 1 ? "rule" : "rules")}, {profile.Fields.Routes.Count} {(profile.Fields.Routes.Count == 1 ? "route" : "routes")}");

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyList<PacProfileDetail>> all = await Profiles.ListAsync(actor, Gone);
        if (all.Succeeded)
            _all = all.Value;
        return all.Error;
    });
}
