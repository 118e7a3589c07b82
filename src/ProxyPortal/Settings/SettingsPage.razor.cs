using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.Settings;

/// <summary>What administrators set in the portal, and what its operator set in the configuration.</summary>
public partial class SettingsPage
{
    private string _name = "";
    private string _publicUrl = "";

    [Inject]
    public required SettingsService Settings { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    private bool MayEdit => May(Permission.EditSettings);

    private bool IsChanged => _name != Settings.Current.OrganisationName || _publicUrl != Settings.Current.PublicUrl;

    private Uri Here => new(Navigation.BaseUri);

    /// <summary>A mistyped host would shut everyone out but those on the portal's own machine.</summary>
    private bool MovesAway => _publicUrl.Trim() != Settings.Current.PublicUrl && SettingsService.IsPublicUrl(_publicUrl.Trim())
        && !Here.IsLoopback && !new Uri(_publicUrl.Trim()).Host.Equals(Here.Host, StringComparison.OrdinalIgnoreCase);

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(actor =>
    {
        Reset();
        return Task.FromResult(actor.May(Permission.ReadSettings) ? null : AccessControl.Forbidden);
    });

    private void Reset() => (_name, _publicUrl, Fault) = (Settings.Current.OrganisationName, Settings.Current.PublicUrl, null);

    private async Task SaveAsync()
    {
        if (!IsChanged || (MovesAway && !await Dialogs.ConfirmAsync(new Confirmation(
            $"Move the portal to {_publicUrl.Trim()}?",
            $"It stops answering as {Here.Host}. Links in mails sent so far keep the old address. If the new name does not lead here, change it back on the portal's own machine.",
            "Move the portal"))))
            return;
        await SubmitAsync(async actor =>
        {
            Result saved = await Settings.ChangeAsync(actor, _name, _publicUrl, CancellationToken.None);
            if (saved.Error is { } fault)
                return fault;
            Reset();
            Notifier.Done("Settings saved");
            return null;
        });
    }
}
