using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Verification;

namespace ProxyPortal.Proxies;

/// <summary>All proxies with the sign of life of each. They are few, so one answer holds all of them.</summary>
public partial class ProxiesPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private IReadOnlyList<ProxySummary> _all = [];
    private IReadOnlyDictionary<Guid, DateTimeOffset> _calls = new Dictionary<Guid, DateTimeOffset>();

    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    [Inject]
    public required ProxyService Proxies { get; init; }

    [Inject]
    public required VerificationActivity Activity { get; init; }

    private IReadOnlyList<ProxySummary> Shown => string.IsNullOrWhiteSpace(Search) ? _all : [.. _all.Where(proxy => proxy.Matches(Search.Trim()))];

    private string Count => Shown.Count == _all.Count ? $"{_all.Count} {(_all.Count == 1 ? "proxy" : "proxies")}" : $"{Shown.Count} of {_all.Count} proxies";

    private string EmptyText => May(Permission.EditProxies)
        ? "Add the first one: you get its caller key and the lines for squid.conf, and see here when it asks for the first time."
        : "An administrator adds proxies. Each appears here with its endpoints and its last call.";

    protected override Task OnInitializedAsync() => ReloadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = RepeatAsync(Interval, Look);
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyList<ProxySummary>> all = await Proxies.ListAsync(actor, Gone);
        if (all.Succeeded)
            _all = all.Value;
        _calls = Activity.LastCalls();
        return all.Error;
    });

    private DateTimeOffset? LastCall(ProxySummary proxy) => _calls.TryGetValue(proxy.Id, out DateTimeOffset at) ? at : proxy.LastCallAt;

    private bool Look()
    {
        // Also when nothing came: a proxy falls silent by the clock alone.
        _calls = Activity.LastCalls();
        return State.IsReady;
    }

    private void OnSearch(string? text) => Navigation.NavigateTo(PortalUrls.ProxiesMatching(text), replace: true);
}
