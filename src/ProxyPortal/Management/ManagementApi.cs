using ProxyPortal.ApiTokens;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Mail;
using ProxyPortal.Management.Reference;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Users.Api;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Management;

/// <summary>The management API, <c>/api/v1</c> on the portal listener: what the pages can do, for programs. Each slice maps its own
/// operations; authorisation sits in the services, as it does for the pages.</summary>
internal static class ManagementApi
{
    public const string Prefix = "/api/v1";

    public static IServiceCollection AddManagementApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<ApiTokenOptions, ApiTokenAuthentication>(ApiTokenAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder().AddPolicy(ApiTokenAuthentication.SchemeName, policy => policy
            .AddAuthenticationSchemes(ApiTokenAuthentication.SchemeName).RequireAuthenticatedUser());
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<IdempotentAnswers>();
        services.AddApiDescription();
        return services;
    }

    public static void MapManagementApi(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup(Prefix).RequireAuthorization(ApiTokenAuthentication.SchemeName).WithMetadata(new ApiOperation());
        // One line for each slice.
        api.MapProxiesApi();
        api.MapVerificationsApi();
        api.MapAuditApi();
        api.MapApiTokensApi();
        api.MapDevicesApi();
        api.MapRequestsApi();
        api.MapGroupsApi();
        api.MapUsersApi();
        api.MapExpiryPoliciesApi();
        api.MapMailsApi();
        api.MapPacProfilesApi();
        api.MapConnectApi();
        api.MapAnnouncementsApi();
        api.MapGuidesApi();
        routes.MapApiDescription();
    }

    /// <summary>Whether a request is for the API. Routing does not look at the case, so neither may this.</summary>
    public static bool IsMeant(HttpContext context) => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Marks the operations of the API among all that is routed.</summary>
internal sealed class ApiOperation;
