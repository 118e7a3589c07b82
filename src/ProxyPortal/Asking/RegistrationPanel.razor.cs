using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Settings;

namespace ProxyPortal.Asking;

/// <summary>Who may ask for access without having an account, on the page of settings.</summary>
public partial class RegistrationPanel
{
    private string _domains = "";
    private bool _byInvitation;

    [Inject]
    public required SettingsService Settings { get; init; }

    private bool MayEdit => May(Permission.EditSettings);

    private bool IsChanged => _domains != Settings.Current.Registration.Text || _byInvitation != Settings.Current.Registration.ByInvitation;

    protected override Task OnInitializedAsync() => LoadAsync(_ =>
    {
        Reset();
        return Task.FromResult<Error?>(null);
    });

    private void Reset() => (_domains, _byInvitation) = (Settings.Current.Registration.Text, Settings.Current.Registration.ByInvitation);

    private Task SaveAsync() => SubmitAsync(async actor =>
    {
        Result saved = await Settings.ChangeRegistrationAsync(actor, _domains, _byInvitation, CancellationToken.None);
        if (saved.Error is { } fault)
            return fault;
        Reset();
        Notifier.Done("Saved who may ask for access");
        return null;
    });
}
