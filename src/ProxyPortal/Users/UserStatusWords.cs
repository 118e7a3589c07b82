using MudBlazor;
using ProxyPortal.Components.Theme;

namespace ProxyPortal.Users;

/// <summary>How a status is said and drawn, wherever it appears.</summary>
/// <param name="Text">The chip.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Icon">An outlined icon, so that colour is never alone.</param>
public sealed record UserStatusWords(string Text, string Meaning, StatusTone Tone, string Icon)
{
    public static UserStatusWords Of(UserStatus status) => status switch
    {
        UserStatus.Active => new("Active", "Gets through.", StatusTone.Well, Icons.Material.Outlined.CheckCircle),
        UserStatus.ExpiresSoon => new("Expires soon", $"Gets through, for {UserStatuses.Soon.Days} days at most.", StatusTone.Soon, Icons.Material.Outlined.Schedule),
        UserStatus.Expired => new("Expired", "The access has ended: refused.", StatusTone.Wrong, Icons.Material.Outlined.EventBusy),
        UserStatus.Suspended => new("Suspended", "Refused until somebody resumes the user.", StatusTone.Off, Icons.Material.Outlined.PauseCircle),
        UserStatus.NotYetValid => new("Not yet valid", "The access has not started: refused.", StatusTone.Off, Icons.Material.Outlined.HourglassEmpty),
        UserStatus.NoCredential => new("No credential", "Has neither a password nor a device that a proxy accepts, so cannot get through yet.", StatusTone.Soon, Icons.Material.Outlined.KeyOff),
        UserStatus.PortalOnly => new("Portal only", "Portal account: its password is for the portal only. At a proxy it needs a device, and it has none.", StatusTone.Off, Icons.Material.Outlined.AdminPanelSettings),
        UserStatus.Idle => new("Idle", "Not used for longer than a policy allows: refused. A new password makes the account usable again.", StatusTone.Wrong, Icons.Material.Outlined.Bedtime),
        UserStatus.Deleted => new("In the bin", "Unknown to every proxy; can be restored.", StatusTone.Off, Icons.Material.Outlined.DeleteOutline),
    };

    /// <summary>What sets an account apart from an ordinary person: "Service", "Administrator"; null for most.</summary>
    public static string? Badge(UserKind kind, PortalRole role) =>
        role is not PortalRole.None ? RoleText(role) : kind is UserKind.Service ? "Service" : null;

    public static string RoleText(PortalRole role) => role switch
    {
        PortalRole.None => "None",
        PortalRole.Auditor => "Auditor",
        PortalRole.Operator => "Operator",
        PortalRole.Administrator => "Administrator",
    };
}
