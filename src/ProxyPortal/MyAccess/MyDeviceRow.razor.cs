using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Devices;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Links;

namespace ProxyPortal.MyAccess;

/// <summary>One of the own devices: how it fares, and what may be done about it.</summary>
public partial class MyDeviceRow
{
    [Parameter, EditorRequired]
    public required DeviceSummary Device { get; set; }

    [Parameter, EditorRequired]
    public required MyRules Rules { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>A secret or a link to hand over: shown once by the owner.</summary>
    [Parameter, EditorRequired]
    public EventCallback<DeviceHandover> OnIssued { get; set; }

    /// <summary>Something else changed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    private DeviceService Devices { get; init; } = null!;

    [Inject]
    private DeviceDecisionService Decisions { get; init; } = null!;

    [Inject]
    private DeviceSecretService Secrets { get; init; } = null!;

    private DeviceWords Words => DeviceWords.Of(Device);

    private bool IsPausedByOwner => Device.Decision?.By == Device.Owner.UserId;

    private string? Sentence => (Device.Status, Device.Request) switch
    {
        (DeviceStatus.Requested, _) => T["Refused until somebody approves it."].Value,
        (DeviceStatus.Paused, _) when !IsPausedByOwner => T["Your administrators paused it; only they can resume it."].Value,
        (DeviceStatus.Paused, _) => T["Refused until you resume it. Its secret stays the same."].Value,
        (DeviceStatus.Revoked, not null) => Device.Decision?.Reason is { } why ? T["The request was declined: {0}", why].Value : T["The request was declined."].Value,
        (DeviceStatus.Revoked, _) => Device.Decision?.Reason is { } why ? T["Refused for good: {0}", why].Value : T["Refused for good. Remove it to use its name again."].Value,
        (DeviceStatus.Expired, not null) => T["Nobody decided the request in time. You can ask again."].Value,
        (DeviceStatus.Expired, _) => T["Its end has come. Remove it and add it anew."].Value,
        (DeviceStatus.Approved, _) when Device.SecretRevokedAt is not null => T["Its secret was withdrawn: make a new one."].Value,
        _ => null,
    };

    private Task PauseAsync() => DoAsync(actor => Decisions.PauseAsync(actor, Device.Id, CancellationToken.None), T["{0} is paused", Device.Login]);

    private Task ResumeAsync() => DoAsync(actor => Decisions.ResumeAsync(actor, Device.Id, CancellationToken.None), T["{0} works again", Device.Login]);

    private async Task RevokeAsync()
    {
        if (await AskAsync(T["Revoke {0}?", Device.Login],
            T["The proxy refuses it at the very next check, for good; your other devices go on. A proxy may remember an earlier sign-in for up to {0} seconds.", SquidConfig.CredentialsTtlSeconds],
            T["Revoke device"], isDangerous: true))
            await DoAsync(actor => Decisions.RevokeAsync(actor, Device.Id, null, CancellationToken.None), T["{0} is revoked", Device.Login]);
    }

    private async Task RemoveAsync()
    {
        bool isRequest = Device.Status is DeviceStatus.Requested;
        if (await AskAsync(
            isRequest ? T["Withdraw the request for {0}?", Device.Login] : T["Remove {0}?", Device.Login],
            isRequest ? T["Nobody will decide it any more. You can ask again."] : T["It leaves this list, and its name may be used again."],
            isRequest ? T["Withdraw the request"] : T["Remove device"], isDangerous: true))
            await DoAsync(actor => Devices.DeleteAsync(actor, Device.Id, CancellationToken.None), T["{0} is removed", Device.Login]);
    }

    private async Task RotateAsync()
    {
        string consequence = Device.Status is DeviceStatus.Approved && Device.SecretRevokedAt is null && Rules.Overlap > TimeSpan.Zero
            ? T["The present secret goes on working for {0} hours, so that you can enter the new one in peace.", (int)Rules.Overlap.TotalHours]
            : T["The present secret stops working at once."];
        if (!await AskAsync(T["A new secret for {0}?", Device.Login], consequence, T["Make a new secret"]))
            return;
        await ActAsync(async actor =>
        {
            Result<IssuedDeviceSecret> issued = await Secrets.RotateAsync(actor, Device.Id, null, CancellationToken.None);
            if (issued.Error is { } error)
                return error;
            await OnIssued.InvokeAsync(DeviceHandover.Of(issued.Value));
            return null;
        });
    }

    private async Task PairAsync()
    {
        if (!await AskAsync(T["A link for {0}?", Device.Login],
            T["Open it on the device, or scan its code: the device then gets a new secret, once. Until then the present secret stays."], T["Create link"]))
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

    private Task<bool> AskAsync(string question, string consequence, string verb, bool isDangerous = false) =>
        Dialogs.ConfirmAsync(new Confirmation(question, consequence, verb, isDangerous, CancelLabel: T["Cancel"]));

    private Task DoAsync(Func<Actor, Task<Result>> act, string done) => ActAsync(async actor =>
    {
        Result result = await act(actor);
        if (result.Error is { } error)
            return error;
        Notifier.Done(done);
        await OnChanged.InvokeAsync();
        return null;
    });
}
