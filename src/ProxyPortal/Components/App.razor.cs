using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using ProxyPortal.Components.Shared;
using ProxyPortal.Hosting;
using ProxyPortal.Languages;

namespace ProxyPortal.Components;

/// <summary>The document around every page. Pages that opt out of interactive routing (sign-in, help) get neither a circuit nor
/// MudBlazor: an anonymous visitor costs one response.</summary>
public partial class App
{
    [CascadingParameter]
    public HttpContext? HttpContext { get; set; }

    [Inject]
    public required IStringLocalizer<ScriptTexts> ScriptWords { get; init; }

    [Inject]
    public required IStringLocalizer<SharedTexts> Shared { get; init; }

    // The scripts speak English by themselves.
    private string? Words => PortalLanguages.IsDefault ? null : JsonSerializer.Serialize(ScriptWords.GetAllStrings(includeParentCultures: true).ToDictionary(word => word.Name, word => word.Value));

    private bool IsInteractive => HttpContext?.AcceptsInteractiveRouting() ?? false;

    private IComponentRenderMode? PageRenderMode => IsInteractive ? RenderMode.InteractiveServer : null;

    private string? ClientAddress => HttpContext?.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    private string? Nonce => HttpContext?.Items[SecurityHeaders.NonceItem] as string;
}
