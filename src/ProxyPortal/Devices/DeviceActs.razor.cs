using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Links;

namespace ProxyPortal.Devices;

/// <summary>The buttons of what may be done to a device now, wherever it is shown. Its owner shows them only to those who may.</summary>
public partial class DeviceActs
{
    [Parameter, EditorRequired]
    public required DeviceSummary Device { get; set; }

    /// <summary>A secret or a pairing link to hand over: shown once by the owner.</summary>
    [Parameter, EditorRequired]
    public EventCallback<DeviceHandover> OnIssued { get; set; }

    /// <summary>Something else changed; false when the device is gone.</summary>
    [Parameter, EditorRequired]
    public EventCallback<bool> OnChanged { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    private DeviceService Devices { get; init; } = null!;

    [Inject]
    private DeviceDecisionService Decisions { get; init; } = null!;

    [Inject]
    private DeviceSecretService Secrets { get; init; } = null!;

    private Task ApproveAsync() => DoAsync(actor => Decisions.ApproveAsync(actor, Device.Id, null, CancellationToken.None), "approved");

    private Task PauseAsync() => DoAsync(actor => Decisions.PauseAsync(actor, Device.Id, CancellationToken.None), "paused");

    private Task ResumeAsync() => DoAsync(actor => Decisions.ResumeAsync(actor, Device.Id, CancellationToken.None), "resumed");

    private async Task DeclineAsync()
    {
        if (await Dialogs.AskReasonAsync(new ReasonQuestion($"Decline {Device.Login}?", "The proxy goes on refusing. The reason is told to the person who asked.", "Decline", IsRequired: true)) is { } reason)
            await DoAsync(actor => Decisions.DeclineAsync(actor, Device.Id, reason, CancellationToken.None), "declined");
    }

    private async Task RevokeAsync()
    {
        string consequence = $"{Device.Login} is refused at the very next check, for good; other devices of {Device.Owner.UserId} are left alone. "
            + $"A proxy may remember an earlier acceptance for up to {SquidConfig.CredentialsTtlSeconds} seconds.";
        if (await Dialogs.AskReasonAsync(new ReasonQuestion($"Revoke {Device.Login}?", consequence, "Revoke device", IsRequired: false)) is { } reason)
            await DoAsync(actor => Decisions.RevokeAsync(actor, Device.Id, reason, CancellationToken.None), "revoked");
    }

    private async Task RemoveAsync()
    {
        if (await Dialogs.ConfirmAsync(new Confirmation($"Remove {Device.Login}?", "It leaves the registry and its name may be used again. What was done with it stays in the audit trail.", "Remove device", IsDangerous: true)))
            await DoAsync(actor => Devices.DeleteAsync(actor, Device.Id, CancellationToken.None), "removed", remains: false);
    }

    private async Task RotateAsync()
    {
        IDialogReference asked = await Dialogs.ShowAsync<RotateDialog>("New secret", new DialogParameters<RotateDialog> { { dialog => dialog.Login, Device.Login } },
            new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        if (await asked.Result is not { Canceled: false, Data: RotateDialog.Overlap overlap })
            return;
        await ActAsync(async actor =>
        {
            Result<IssuedDeviceSecret> issued = await Secrets.RotateAsync(actor, Device.Id, overlap.Length, CancellationToken.None);
            if (issued.Error is { } error)
                return error;
            await OnIssued.InvokeAsync(DeviceHandover.Of(issued.Value));
            return null;
        });
    }

    private async Task PairAsync()
    {
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Pairing link for {Device.Login}?",
            "Whoever opens it on the device gets a new secret, once. Until then the present secret stays; earlier links stop working.", "Create link")))
            return;
        await ActAsync(async actor =>
        {
            Result<IssuedLink> link = await Secrets.IssuePairingLinkAsync(actor, Device.Id, CancellationToken.None);
            if (link.Error is { } error)
                return error;
            await OnIssued.InvokeAsync(DeviceHandover.Of(Device.Login, link.Value));
            return null;
        });
    }

    private Task DoAsync(Func<Actor, Task<Result>> act, string done, bool remains = true) => ActAsync(async actor =>
    {
        string login = Device.Login;
        Result result = await act(actor);
        if (result.Error is { } error)
            return error;
        Notifier.Done($"{login} {done}");
        await OnChanged.InvokeAsync(remains);
        return null;
    });
}
