using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.MyAccess;

/// <summary>The start page of somebody who only uses proxies: whether it works, what to enter, and what mends it.</summary>
public partial class MyAccessHome
{
    private MyAccessState? _state;
    private MyDevices? _devices;

    [Inject]
    public required MyAccessService MyAccess { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    private void AddDevice() => _devices?.Begin();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<MyAccessState> found = await MyAccess.GetAsync(actor, Gone);
        _state = found.Succeeded ? found.Value : _state;
        return found.Error;
    });
}
