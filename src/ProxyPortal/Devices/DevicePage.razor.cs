using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Devices;

/// <summary>One device: what holds for it, how it was last used, what may be done about it, and what was done.</summary>
public partial class DevicePage
{
    private DeviceDetail? _device;
    private DeviceDraft? _draft;
    private long _draftVersion;
    private bool _isOutdated;
    private DeviceHandover? _handover;
    private bool _isSaved;
    private int _reads;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private DeviceService Devices { get; init; } = null!;

    protected override bool SaysFaults => true;

    // A help desk must not touch devices of accounts with a portal role.
    private bool MayEdit => May(_device?.Summary.Owner.Role is PortalRole.None ? Permission.EditDevices : Permission.EditRoles);

    protected override Task OnParametersSetAsync()
    {
        if (_device?.Id == Id)
            return Task.CompletedTask;
        (_device, _handover, _isSaved) = (null, null, false);
        Discard();
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<DeviceDetail> found = await Devices.GetAsync(actor, Id, Gone);
        if (found.Error is { } error)
            return error;
        _device = found.Value;
        _reads++;
        return null;
    });

    private void Edit() => (_draft, _draftVersion, _isOutdated, Fault) = (DeviceDraft.Of(_device!), _device!.Version, false, null);

    private void Discard() => (_draft, _isOutdated, Fault) = (null, false, null);

    private void Saved() => (_handover, _isSaved) = (null, true);

    private Task IssuedAsync(DeviceHandover handover)
    {
        (_handover, _isSaved) = (handover, false);
        return ReloadAsync();
    }

    private Task ChangedAsync(bool remains)
    {
        (_handover, _isSaved) = (null, false);
        if (remains)
            return ReloadAsync();
        GoOn(PortalUrls.Devices());
        return Task.CompletedTask;
    }

    private Task SaveAsync() => _draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result result = await Devices.ChangeAsync(actor, Id, draft.ToInput(), _draftVersion, CancellationToken.None);
        if (result.Error == DeviceDesk.Conflict)
        {
            await ReloadAsync();
            (_draftVersion, _isOutdated) = (_device!.Version, true);
            return null;
        }
        if (result.Error is { } error)
            return error;
        Discard();
        Notifier.Done($"{_device!.Login} saved");
        await ReloadAsync();
        return null;
    });
}
