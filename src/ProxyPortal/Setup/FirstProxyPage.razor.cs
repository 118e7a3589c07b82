using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;

namespace ProxyPortal.Setup;

/// <summary>Step 4: the first proxy, its key, and what to paste on it.</summary>
public partial class FirstProxyPage
{
    private readonly ProxyForm _form = new() { Name = "hq-squid", Endpoint = { Name = "hq" } };
    private ProxyDetail? _created;
    private string? _key;

    [Inject]
    public required ProxyService Proxies { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    protected override Task PrepareAsync(Actor actor)
    {
        _form.Realm = $"{Settings.Current.OrganisationName} proxy".Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        return Task.CompletedTask;
    }

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
