using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users;

/// <summary>A user's status as a chip.</summary>
public partial class UserStatusChip
{
    [Parameter, EditorRequired]
    public UserStatus Status { get; set; }

    /// <summary>The portal role of the account; its password is not for proxies.</summary>
    [Parameter, EditorRequired]
    public PortalRole Role { get; set; }

    private UserStatusWords Words => UserStatusWords.Of(Status, Role);
}
