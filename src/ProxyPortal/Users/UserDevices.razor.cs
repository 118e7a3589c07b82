using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Links;

namespace ProxyPortal.Users;

/// <summary>The devices of a user: add one, hand its secret over, revoke one without touching the others.</summary>
public partial class UserDevices
{
    private const int Shown = 25;
    private IReadOnlyList<DeviceSummary>? _devices;
    private int _total;
    private Guid _read;
    private DeviceDraft? _draft;
    private DeviceHandover? _handover;
    private bool _isSaved;

    [Parameter, EditorRequired]
    public required UserDetail User { get; set; }

    /// <summary>A device came, changed or went: what the page says of the user may change with it.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private DeviceService Devices { get; init; } = null!;

    [Inject]
    private DeviceSecretService Secrets { get; init; } = null!;

    protected override bool SaysFaults => true;

    private bool MayEdit => User.DeletedAt is null && May(User.Role is PortalRole.None ? Permission.EditDevices : Permission.EditRoles);

    protected override Task OnParametersSetAsync()
    {
        if (_read == User.Id)
            return Task.CompletedTask;
        (_read, _devices, _handover, _isSaved) = (User.Id, null, null, false);
        Discard();
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<PageOf<DeviceSummary>> found = await Devices.ListAsync(actor, new DeviceQuery(UserId: User.Id, PageSize: Shown), Gone);
        if (found.Error is { } error)
            return error;
        (_devices, _total) = (found.Value.Items, found.Value.Total);
        return null;
    });

    private void Begin() => (_draft, _handover, _isSaved, Fault) = (new DeviceDraft(), null, false, null);

    private void Discard() => (_draft, Fault) = (null, null);

    private void Saved() => (_handover, _isSaved) = (null, true);

    private Task AddAsync(bool byLink) => _draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<IssuedDeviceSecret> made = await Devices.CreateAsync(actor, User.Id, draft.ToInput(), CancellationToken.None);
        if (made.Error is { } error)
            return error;
        Discard();
        DeviceHandover handover = DeviceHandover.Of(made.Value);
        if (byLink)
        {
            // The first secret is then known to nobody: the link makes the one that counts.
            Result<IssuedLink> link = await Secrets.IssuePairingLinkAsync(actor, made.Value.Id, CancellationToken.None);
            if (link.Error is { } linkError)
                return linkError;
            handover = DeviceHandover.Of(made.Value.Login, link.Value);
        }
        await IssuedAsync(handover);
        return null;
    });

    private async Task IssuedAsync(DeviceHandover handover)
    {
        (_handover, _isSaved) = (handover, false);
        await ChangedAsync(keepsHandover: true);
    }

    private async Task ChangedAsync(bool keepsHandover = false)
    {
        if (!keepsHandover)
            (_handover, _isSaved) = (null, false);
        await ReloadAsync();
        await OnChanged.InvokeAsync();
    }
}
