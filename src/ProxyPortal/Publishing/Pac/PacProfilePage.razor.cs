using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Pac;

/// <summary>One PAC profile: its fields, the file that they make, and what that does.</summary>
public partial class PacProfilePage
{
    private PacProfileDetail? _profile;
    private PacProfileDetail? _newer;
    private long _version;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required SettingsService Settings { get; init; }

    private bool MayEdit => May(Permission.EditPublications);

    protected override Task OnParametersSetAsync()
    {
        if (_profile?.Id == Id)
            return Task.CompletedTask;
        _profile = null;
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<PacProfileDetail> found = await Profiles.GetAsync(actor, Id, Gone);
        return found.Error ?? await ShowAsync(actor, found.Value);
    });

    private async Task<Error?> ShowAsync(Actor actor, PacProfileDetail profile)
    {
        if (await BeginAsync(actor, PacProfileDraft.Of(profile.Fields)) is { } refused)
            return refused;
        (_profile, _version, _newer) = (profile, profile.Version, null);
        return null;
    }

    private Task SaveAsync() => SubmitAsync(async actor =>
    {
        PacProfileInput input = Draft.ToInput();
        Result saved = await Profiles.ChangeAsync(actor, Id, input, _version, CancellationToken.None);
        if (saved.Error == PacProfileService.Conflict)
        {
            Result<PacProfileDetail> newer = await Profiles.GetAsync(actor, Id, Gone);
            _newer = newer.Succeeded ? newer.Value : null;
            return newer.Error;
        }
        if (saved.Error is { } fault)
            return fault;
        Notifier.Done($"{input.Name} saved");
        await ReloadAsync();
        return null;
    });

    private Task TakeAsync() => _newer is not { } newer ? Task.CompletedTask : LoadAsync(actor => ShowAsync(actor, newer));

    private Task KeepMineAsync()
    {
        // A second click that was already on its way finds the question answered.
        if (_newer is not { } newer)
            return Task.CompletedTask;
        (_version, _newer) = (newer.Version, null);
        return SaveAsync();
    }

    private async Task MakeDefaultAsync()
    {
        PacProfileDetail profile = _profile!;
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Make {profile.Name} the default?", $"Every device that has {PortalUrls.ProxyPac} or finds {PortalUrls.WpadDat} gets this file, as it was saved last.", "Make default")))
            return;
        await ActAsync(async actor =>
        {
            Result saved = await Profiles.ChangeAsync(actor, Id, profile.Fields with { IsDefault = true }, profile.Version, CancellationToken.None);
            if (saved.Error is { } fault)
                return fault;
            Notifier.Done($"{profile.Name} is the default");
            await ReloadAsync();
            return null;
        });
    }

    private async Task DeleteAsync()
    {
        PacProfileDetail profile = _profile!;
        string what = profile.Fields.IsDefault ? $"{PortalUrls.ProxyPac} leads to every public endpoint again, and its own address answers nothing." : "Its address answers nothing from then on: browsers that have it go straight or fail.";
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Delete {profile.Name}?", $"{what} This cannot be undone.", "Delete PAC file", IsDangerous: true, TypeToConfirm: profile.Name)))
            return;
        await ActAsync(async actor =>
        {
            Result deleted = await Profiles.DeleteAsync(actor, Id, profile.Version, CancellationToken.None);
            if (deleted.Error is { } fault)
            {
                await ReloadAsync();
                return fault;
            }
            Notifier.Done($"{profile.Name} deleted");
            GoOn(PortalUrls.PacProfiles);
            return null;
        });
    }
}
