using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>Creates a proxy, shows its key once, and stays until it has called.</summary>
public partial class NewProxyPage
{
    private readonly ProxyForm _form = new();
    private ProxyDetail? _created;
    private string? _key;

    [Inject]
    public required ProxyService Proxies { get; init; }

    protected override Task OnInitializedAsync() => CheckAsync();

    private Task CheckAsync() => LoadAsync(actor =>
        Task.FromResult(actor.May(Permission.EditProxies) ? null : AccessControl.Forbidden));

    private Task CreateAsync() => SubmitAsync(async actor =>
    {
        if (_created is not null)
            return null;
        Result<CreatedProxy> created = await Proxies.CreateAsync(actor, _form.ToInput(), _form.Endpoint.ToInput(), CancellationToken.None);
        if (created.Error is { } fault)
            return fault;
        (_key, _created) = (created.Value.Key.Key, created.Value.Proxy);
        return null;
    });
}
