using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Localization;
using ProxyPortal.Hosting;

namespace ProxyPortal.Languages;

/// <summary>Words in the reader's language: resources lie beside what they are for (<c>AccountTexts.de.resx</c> beside <c>AccountTexts</c>), and a key is
/// the English text itself.</summary>
internal static class LanguagesRegistration
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static IServiceCollection AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(PortalLanguages.Default);
            options.SupportedCultures = options.SupportedUICultures = [.. PortalLanguages.Cultures];
            options.RequestCultureProviders = [new CustomRequestCultureProvider(context =>
            {
                RequestCulture culture = PortalLanguages.Choose(context);
                return Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(culture.Culture.Name, culture.UICulture.Name));
            })];
        });
        return services;
    }

    public static void MapLanguages(this IEndpointRouteBuilder routes) => routes.MapPost(PortalUrls.Language, ChooseAsync).AllowAnonymous();

    // The fields are read by hand: bound by the framework, a stranger's nonsense would end in the error page and in the log.
    private static async Task<IResult> ChooseAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (await OwnForm.ReadAsync(context, antiforgery) is not { } form)
            return OwnForm.NotOurs;
        if (form["language"] is not [{ } language] || !PortalLanguages.All.ContainsKey(language))
            return Results.Problem("language is one of those that are offered.", statusCode: StatusCodes.Status400BadRequest);
        context.Response.Cookies.Append(PortalLanguages.CookieName, language,
            new CookieOptions { MaxAge = Remembered, Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });
        return Results.LocalRedirect(form["returnUrl"] is [{ } url] && PortalUrls.IsLocal(url) ? url : PortalUrls.Home);
    }
}
