namespace ProxyPortal.Users;

/// <summary>What stands in the form while somebody edits.</summary>
public sealed class UserDraft
{
    public string UserId { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string? Email { get; set; }

    public UserKind Kind { get; set; }

    public PortalRole Role { get; set; }

    public List<Guid> RoleGroups { get; init; } = [];

    public DateTimeOffset? ValidFrom { get; set; }

    public DateTimeOffset? ValidUntil { get; set; }

    public string? Notes { get; set; }

    /// <summary>As typed, separated by commas.</summary>
    public string Tags { get; set; } = "";

    public string? Owner { get; set; }

    public int? DaysFromFirstUse { get; set; }

    public HashSet<string> Groups { get; set; } = [];

    public static UserDraft Of(UserDetail user) => new()
    {
        UserId = user.UserId,
        DisplayName = user.DisplayName,
        Email = user.Email,
        Kind = user.Kind,
        Role = user.Role,
        RoleGroups = [.. user.RoleGroups],
        ValidFrom = user.ValidFrom,
        ValidUntil = user.ValidUntil,
        Notes = user.Notes,
        Tags = UserTags.Join(user.Tags),
        Owner = user.Owner?.UserId,
        DaysFromFirstUse = user.DaysFromFirstUse,
        Groups = [.. user.Groups],
    };

    public UserInput ToInput() => new()
    {
        UserId = UserId.Trim(),
        DisplayName = DisplayName,
        Email = Email,
        Kind = Kind,
        Role = Role,
        RoleGroups = [.. RoleGroups],
        ValidFrom = ValidFrom,
        ValidUntil = ValidUntil,
        Notes = Notes,
        Tags = UserTags.Split(Tags),
        // The field is shown for service accounts only.
        Owner = Kind is UserKind.Service ? Owner : null,
        DaysFromFirstUse = DaysFromFirstUse,
        Groups = [.. Groups],
    };
}
