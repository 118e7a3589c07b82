namespace ProxyPortal.Users;

/// <summary>What stands in the form while somebody edits.</summary>
public sealed class UserDraft
{
    public string UserId { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string? Email { get; set; }

    public UserKind Kind { get; set; }

    public PortalRole Role { get; set; }

    public DateTimeOffset? ValidFrom { get; set; }

    public DateTimeOffset? ValidUntil { get; set; }

    public string? Notes { get; set; }

    public static UserDraft Of(UserDetail user) => new()
    {
        UserId = user.UserId,
        DisplayName = user.DisplayName,
        Email = user.Email,
        Kind = user.Kind,
        Role = user.Role,
        ValidFrom = user.ValidFrom,
        ValidUntil = user.ValidUntil,
        Notes = user.Notes,
    };

    public UserInput ToInput() => new()
    {
        UserId = UserId.Trim(),
        DisplayName = DisplayName,
        Email = Email,
        Kind = Kind,
        Role = Role,
        ValidFrom = ValidFrom,
        ValidUntil = ValidUntil,
        Notes = Notes,
    };
}
