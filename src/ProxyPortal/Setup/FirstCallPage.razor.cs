using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;

namespace ProxyPortal.Setup;

/// <summary>Step 6: proof that proxy, key and user work together; then the first run is over.</summary>
public partial class FirstCallPage
{
    private ProxyDetail? _proxy;
    private bool _hasCalled;

    [Inject]
    public required ProxyService Proxies { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    [Inject]
    public required VerifyAddress Verify { get; init; }

    private SquidSettings Squid => _proxy!.Endpoints is [var first, ..]
        ? new(_proxy.Realm, first.Name, first.Port, Verify.Url) : new(_proxy.Realm, _proxy.Name, 3128, Verify.Url);

    protected override async Task PrepareAsync(Actor actor)
    {
        if (Setup?.Proxy is not { } proxy)
            return;
        Result<ProxyDetail> found = await Proxies.GetAsync(actor, proxy.Id, Gone);
        if (found.Succeeded)
            (_proxy, _hasCalled) = (found.Value, found.Value.LastCallAt is not null);
    }

    private Task FinishAsync() => ActAsync(async actor =>
    {
        Result finished = await Settings.CompleteSetupAsync(actor, CancellationToken.None);
        if (finished.Error is { } fault)
            return fault;
        Notifier.Done("The set-up is finished");
        GoOn(PortalUrls.Home);
        return null;
    });
}
