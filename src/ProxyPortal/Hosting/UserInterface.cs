using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using ProxyPortal.Components;
using ProxyPortal.Components.Search;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Hosting;

/// <summary>The browser side of the portal: Blazor Server components, MudBlazor and the static assets.</summary>
internal static class UserInterface
{
    private const int SnackbarsAtOnce = 3;
    private static readonly TimeSpan JavaScriptPatience = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddUserInterface(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Configure<CircuitOptions>(circuit => circuit.JSInteropDefaultCallTimeout = JavaScriptPatience);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.MaxDisplayedSnackbars = SnackbarsAtOnce;
            mud.SnackbarConfiguration.ClearAfterNavigation = false;
            mud.SnackbarConfiguration.SnackbarVariant = Variant.Text;
            mud.SnackbarConfiguration.ShowTransitionDuration = 120;
            mud.SnackbarConfiguration.HideTransitionDuration = 120;
        });

        services.AddScoped<Notifier>();
        services.AddScoped<BrowserClock>();
        services.AddScoped<IPaletteSource, PagePaletteSource>();
        return services;
    }

    public static RazorComponentsEndpointConventionBuilder MapUserInterface(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // Pages show secrets beside text that users wrote; compression over TLS would leak their length. Without it the
            // framework leaves frame-ancestors to the security headers.
            server.DisableWebSocketCompression = true;
        });
    }
}
