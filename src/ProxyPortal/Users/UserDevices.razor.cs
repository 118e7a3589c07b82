using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users;

/// <summary>The devices of a user, by the login names that are typed to the proxy.</summary>
public partial class UserDevices
{
    [Parameter, EditorRequired]
    public required UserDetail User { get; set; }
}
