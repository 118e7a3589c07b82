using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>Name and realm of a proxy. What is being typed survives everything else that happens on the page.</summary>
public partial class ProxyDetailsPanel
{
    private string _name = "";
    private string _realm = "";
    private ProxyDetail? _base;
    private ProxyDetail? _theirs;

    [Parameter, EditorRequired]
    public required ProxyDetail Proxy { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset? LastCallAt { get; set; }

    [Parameter, EditorRequired]
    public bool MayEdit { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required ProxyService Proxies { get; init; }

    private bool IsChanged => _base is not null && (_name != _base.Name || _realm != _base.Realm);

    private bool RealmChanges => _base is not null && _realm.Trim() != _base.Realm;

    protected override void OnParametersSet()
    {
        if (!IsChanged)
            Take(Proxy);
    }

    private void Take(ProxyDetail proxy) => (_base, _name, _realm, _theirs, Fault) = (proxy, proxy.Name, proxy.Realm, null, null);

    private void Discard() => Take(Proxy);

    private async Task TakeTheirs()
    {
        Take(_theirs!);
        await OnChanged.InvokeAsync();
    }

    private Task SaveOverTheirsAsync()
    {
        _base = _theirs;
        return SaveAsync();
    }

    private Task SaveAsync() => SubmitAsync(async actor =>
    {
        if (!IsChanged)
            return null;
        Result saved = await Proxies.ChangeAsync(actor, Proxy.Id, _name.Trim(), _realm, _base!.Version, CancellationToken.None);
        if (saved.Error == ProxyService.Conflict)
        {
            await ShowTheirsAsync(actor);
            return null;
        }
        if (saved.Error is { } fault)
            return fault;
        Notifier.Done($"{_name.Trim()} saved");
        (_base, _theirs) = (null, null);
        await OnChanged.InvokeAsync();
        return null;
    });

    private async Task ShowTheirsAsync(Actor actor)
    {
        Result<ProxyDetail> now = await Proxies.GetAsync(actor, Proxy.Id, Gone);
        if (now.Succeeded)
            _theirs = now.Value;
        else
            Notifier.Failed("Someone else deleted this proxy meanwhile.");
    }
}
