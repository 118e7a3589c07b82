using Microsoft.AspNetCore.Mvc;

namespace ProxyPortal.Integrations.Squid;

internal static class SquidRegistration
{
    public static IServiceCollection AddSquid(this IServiceCollection services) => services.AddSingleton<SquidErrorPages>();

    /// <summary>The pages for Squid, as files: whoever sets a proxy up fetches them by <c>curl</c>. They hold nothing that a 407 does not tell everyone.</summary>
    public static void MapSquidErrorPages(this WebApplication app) => app.MapGet(PortalUrls.Routes.SquidErrorPage, ([FromServices] SquidErrorPages pages, string language, string name) =>
        pages.Render(name, language) is { Succeeded: true, Value: var page } ? Results.Text(page, "text/plain; charset=utf-8") : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
}
