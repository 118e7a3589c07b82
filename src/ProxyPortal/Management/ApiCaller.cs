using Microsoft.AspNetCore.Http.Features;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;

namespace ProxyPortal.Management;

/// <summary>The program that calls, as a parameter of an operation.</summary>
/// <param name="Actor">For the services.</param>
internal readonly record struct ApiCaller(Actor Actor)
{
    public static ValueTask<ApiCaller> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new ApiCaller(Actor.Of(context.Features.GetRequiredFeature<TokenGrant>(), SignInSessions.AddressOf(context))));
}
