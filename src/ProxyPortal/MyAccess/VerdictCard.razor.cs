using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Theme;
using ProxyPortal.Core.Verification;
using ProxyPortal.Users;

namespace ProxyPortal.MyAccess;

/// <summary>Says in a sentence whether the proxy can be used and until when, or why not and what mends it.</summary>
public partial class VerdictCard
{
    [Parameter, EditorRequired]
    public required MyAccessState State { get; set; }

    /// <summary>Somebody else looks on: nothing can be done here.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public EventCallback OnAddDevice { get; set; }

    [Inject]
    public required TimeProvider Time { get; init; }

    private AccessVerdict Verdict => State.Verdict;

    private StatusTone Tone => !Verdict.IsOpen ? StatusTone.Wrong : Verdict.Until <= Time.GetUtcNow() + UserStatuses.Soon ? StatusTone.Soon : StatusTone.Well;

    private string Icon => Tone switch
    {
        StatusTone.Well => Icons.Material.Outlined.CheckCircle,
        StatusTone.Soon => Icons.Material.Outlined.Schedule,
        _ => Icons.Material.Outlined.Block,
    };

    private string Headline => Verdict.IsOpen ? T["You can use the proxy"] : T["You cannot use the proxy now"];

    private string EndsBy => Verdict.EndsBy switch
    {
        RejectionReason.AccountIdle => T["Unless you use it, your access ends"],
        RejectionReason.CredentialExpired => T["Then your password or secret must be renewed:"],
        RejectionReason.DeviceExpired => T["Your device ends"],
        _ => T["Your access ends"],
    };

    private string HowToSignIn => Verdict.Logins.Any(login => login.DeviceId is null && login.Reason is RejectionReason.None)
        ? T["Sign in at the proxy as {0}, with the password that you use here.", State.UserId]
        : T["Sign in at the proxy with the login of a device and its secret."];

    private string NothingToSignInWith => State.Role is not PortalRole.None || State.Rules.DeviceSecretsOnly
        ? T["Your password is for this portal only. At a proxy you need a device with a secret of its own."]
        : T["You have neither a password nor a device that a proxy accepts. Add a device, or ask your administrator for a password link."];

    private bool NeedsDevice => Verdict.Reason is null or RejectionReason.DeviceRequired or RejectionReason.DeviceExpired;

    private bool NeedsPassword => Verdict.Reason is RejectionReason.MustChange or RejectionReason.AccountIdle
        || (Verdict.Reason is RejectionReason.CredentialExpired or RejectionReason.CredentialRevoked && Verdict.Logins.Any(login => login.DeviceId is null));
}
