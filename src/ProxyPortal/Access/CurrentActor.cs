using System.Net;
using Microsoft.AspNetCore.Components.Authorization;

namespace ProxyPortal.Access;

/// <summary>The person behind the current circuit or request, for pages to hand to services.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication)
{
    /// <summary>Where the browser connected from. Set once when the page is first rendered, because a circuit has no request to ask.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>Asked anew for every act: the sign-in may have ended since the page was opened.</summary>
    public async Task<Actor> GetAsync() => Actor.From((await authentication.GetAuthenticationStateAsync()).User, Address);
}
