using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>Name, realm and whereabouts of a proxy. What is being typed survives everything else that happens on the page.</summary>
public partial class ProxyDetailsPanel
{
    private ProxyDetailsForm _typed = new();
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

    private bool IsChanged => _base is not null && !_typed.IsLike(_base);

    private bool RealmChanges => _base is not null && _typed.Realm.Trim() != _base.Realm;

    protected override void OnParametersSet()
    {
        if (!IsChanged)
            Take(Proxy);
    }

    private void Take(ProxyDetail proxy) => (_base, _typed, _theirs, Fault) = (proxy, ProxyDetailsForm.From(proxy), null, null);

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
        Result saved = await Proxies.ChangeAsync(actor, Proxy.Id, _typed.ToInput(), _base!.Version, CancellationToken.None);
        if (saved.Error == ProxyService.Conflict)
        {
            await ShowTheirsAsync(actor);
            return null;
        }
        if (saved.Error is { } fault)
            return fault;
        Notifier.Done($"{_typed.Name.Trim()} saved");
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
