using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Links;

namespace ProxyPortal.MyAccess;

/// <summary>The own devices: add one, see its secret once, pause it, end it.</summary>
public partial class MyDevices
{
    private const int Shown = 50;
    private IReadOnlyList<DeviceSummary>? _devices;
    private int _total;
    private MyDeviceDraft? _draft;
    private DeviceHandover? _handover;
    private bool _isSaved;

    [Parameter, EditorRequired]
    public required MyAccessState Access { get; set; }

    /// <summary>Somebody else looks on: nothing can be done here.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>A device came, changed or went: whether the proxy can be used may change with it.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private DeviceService Devices { get; init; } = null!;

    [Inject]
    private DeviceSecretService Secrets { get; init; } = null!;

    protected override bool SaysFaults => true;

    private int InUse => _devices?.Count(device => device.Status.Counts()) ?? 0;

    private string? LimitWords => Access.Rules.DeviceLimit switch
    {
        null => null,
        0 => T["Your groups allow no devices."].Value,
        1 => T["You may have one device at a time."].Value,
        { } limit => T["You may have {0} devices at a time; {1} in use, requests and paused ones included.", limit, InUse].Value,
    };

    protected override Task OnInitializedAsync() => ReloadAsync();

    /// <summary>Opens the form.</summary>
    public void Begin()
    {
        (_draft, _handover, _isSaved, Fault) = (new MyDeviceDraft(), null, false, null);
        StateHasChanged();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<PageOf<DeviceSummary>> found = await Devices.ListAsync(actor, new DeviceQuery(UserId: Access.Id, PageSize: Shown), Gone);
        if (found.Error is { } error)
            return error;
        (_devices, _total) = (found.Value.Items, found.Value.Total);
        return null;
    });

    private void Discard() => (_draft, Fault) = (null, null);

    private void Saved() => (_handover, _isSaved) = (null, true);

    private Task AddAsync(bool byLink) => _draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<IssuedDeviceSecret> made = await Devices.CreateAsync(actor, Access.Id, new DeviceInput { Name = draft.Name.Trim(), Kind = draft.Kind, Reason = draft.Reason }, CancellationToken.None);
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
        await ReloadAsync();
        await OnChanged.InvokeAsync();
    }

    private async Task ChangedAsync()
    {
        (_handover, _isSaved) = (null, false);
        await ReloadAsync();
        await OnChanged.InvokeAsync();
    }
}
