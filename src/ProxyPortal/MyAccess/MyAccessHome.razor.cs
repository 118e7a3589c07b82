using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Users;

namespace ProxyPortal.MyAccess;

/// <summary>The start page of somebody who only uses proxies.</summary>
public partial class MyAccessHome
{
    private MyAccessState? _state;

    [Inject]
    public required MyAccessService MyAccess { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<MyAccessState> found = await MyAccess.GetAsync(actor, Gone);
        _state = found.Succeeded ? found.Value : null;
        return found.Error;
    });

    private static string Headline(UserStatus status) => status is UserStatus.Active or UserStatus.ExpiresSoon
        ? "You can use the proxy" : "You cannot use the proxy now";

    private static string Explain(MyAccessState state) => state.Status switch
    {
        UserStatus.Active or UserStatus.ExpiresSoon when !state.HasPassword => "Sign in at the proxy with a device login and its secret.",
        UserStatus.Active or UserStatus.ExpiresSoon => "Sign in at the proxy with your user-id and the password you use here.",
        UserStatus.Expired => "Your access has ended. Ask your administrator to extend it.",
        UserStatus.Suspended => "Your access is suspended. Ask your administrator.",
        UserStatus.NotYetValid => "Your access has not started yet.",
        UserStatus.NoCredential => "You have no password yet. Ask your administrator for a password link.",
        UserStatus.PortalOnly => "Your password is for this portal only. At a proxy you need a device; ask your administrator.",
        UserStatus.Deleted => "Your access has ended. Ask your administrator.",
    };

    private static string Transport(MyEndpoint endpoint) => endpoint.Address.Transport switch
    {
        ProxyTransport.Http => "HTTP",
        ProxyTransport.Https => "HTTPS",
        ProxyTransport.Socks5 => "SOCKS5",
    };
}
