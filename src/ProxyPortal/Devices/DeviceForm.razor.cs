using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Proxies;

namespace ProxyPortal.Devices;

/// <summary>The fields of a device, new or not. Rules are the service's; what it refuses is said at the field.</summary>
public partial class DeviceForm
{
    private static readonly string[] Fields = ["name", "kind", "note", "expiresAt", "endpoints", "networks", "schemes"];
    private IReadOnlyList<string> _endpoints = [];
    private bool _isBound;

    [Parameter, EditorRequired]
    public required DeviceDraft Draft { get; set; }

    /// <summary>What the form is for: "Add device".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Whose device it is.</summary>
    [Parameter, EditorRequired]
    public required string UserId { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    [Parameter]
    public bool IsNew { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public required string SubmitLabel { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    /// <summary>Further ways to send it, and to leave without.</summary>
    [Parameter]
    public RenderFragment? Others { get; set; }

    [Inject]
    public required ProxyService Proxies { get; init; }

    protected override Task OnInitializedAsync()
    {
        _isBound = Draft.IsBound;
        return LoadAsync(async actor =>
        {
            // What it is bound to already can always be taken away, endpoints that are gone too.
            IEnumerable<string> known = [];
            if (actor.May(Permission.ReadProxies) && await Proxies.ListAsync(actor, Gone) is { Succeeded: true } proxies)
                known = proxies.Value.SelectMany(proxy => proxy.Endpoints).Select(endpoint => endpoint.Name);
            _endpoints = [.. known.Union(Draft.Endpoints, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            return null;
        });
    }

    private void Bind(string endpoint, bool isBound) => _ = isBound ? Draft.Endpoints.Add(endpoint) : Draft.Endpoints.Remove(endpoint);

    private void Bind(AuthSchemes scheme, bool isBound) => Draft.Schemes = isBound ? Draft.Schemes | scheme : Draft.Schemes & ~scheme;
}
