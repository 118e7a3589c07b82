using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users;

/// <summary>A user's status as a chip.</summary>
public partial class UserStatusChip
{
    [Parameter, EditorRequired]
    public UserStatus Status { get; set; }

    private UserStatusWords Words => UserStatusWords.Of(Status);
}
