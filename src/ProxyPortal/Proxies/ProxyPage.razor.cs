using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Verification;

namespace ProxyPortal.Proxies;

/// <summary>Everything about one proxy.</summary>
public partial class ProxyPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private ProxyDetail? _proxy;
    private DateTimeOffset? _lastCall;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required ProxyService Proxies { get; init; }

    [Inject]
    public required VerificationActivity Activity { get; init; }

    private bool MayEdit => May(Permission.EditProxies);

    private string Sentence => $"Realm “{_proxy!.Realm}”, {Count(_proxy.Endpoints.Count, "endpoint")}, {Count(_proxy.Keys.Count(key => key.IsValid(Time.GetUtcNow())), "valid key")}.";

    protected override async Task OnParametersSetAsync()
    {
        if (_proxy?.Id == Id)
            return;
        ShowLoading();
        await ReloadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = RepeatAsync(Interval, Look);
    }

    private static string Count(int count, string noun) => $"{(count == 0 ? "no" : count)} {noun}{(count == 1 ? "" : "s")}";

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<ProxyDetail> found = await Proxies.GetAsync(actor, Id, Gone);
        if (found.Succeeded)
            (_proxy, _lastCall) = (found.Value, found.Value.LastCallAt);
        return found.Error;
    });

    private bool Look()
    {
        _lastCall = Activity.LastCallOf(Id) ?? _lastCall;
        return State.IsReady;
    }
}
