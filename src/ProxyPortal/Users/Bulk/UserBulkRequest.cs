namespace ProxyPortal.Users.Bulk;

/// <summary>What can be done to many users at once.</summary>
public enum UserBulkAction
{
    /// <summary>Needs <see cref="UserBulkRequest.ValidUntil"/>; null = without end.</summary>
    SetExpiry = 0,

    /// <summary>Needs <see cref="UserBulkRequest.Days"/>; who has no end is left alone.</summary>
    ShiftExpiry = 1,

    /// <summary>These three need <see cref="UserBulkRequest.Group"/>.</summary>
    AddToGroup = 2,
    RemoveFromGroup = 3,

    /// <summary>Into this group and out of every other.</summary>
    MoveToGroup = 4,
    Suspend = 5,
    Resume = 6,

    /// <summary>The password opens the portal only, until its owner has chosen another; the secret of every device is withdrawn.</summary>
    RequireNewSecret = 7,

    /// <summary>These two need <see cref="UserBulkRequest.Tag"/>.</summary>
    AddTag = 8,
    RemoveTag = 9,

    /// <summary>To the bin.</summary>
    Delete = 10,
    Restore = 11,
}

/// <summary>A change of many users.</summary>
public sealed record UserBulkRequest(UserBulkAction Action)
{
    public const int MostIds = 10_000;

    /// <summary>The users, or …</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>… all that match these filters. Order and page mean nothing here.</summary>
    public UserQuery? Filter { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public int? Days { get; init; }

    /// <summary>A group's name.</summary>
    public string? Group { get; init; }

    public string? Tag { get; init; }

    /// <summary>How many users the preview counted: with another number nothing is done. Null = whatever is found.</summary>
    public int? Expected { get; init; }
}

/// <summary>Why some users are left alone.</summary>
public sealed record UserBulkSkip(string Reason, int Count);

/// <summary>What a change would do now.</summary>
/// <param name="Total">Users that were chosen.</param>
/// <param name="Changes">Users that would change.</param>
/// <param name="Sample">User-ids of the first that would.</param>
/// <param name="Skips">The others, by reason.</param>
public sealed record UserBulkPreview(int Total, int Changes, IReadOnlyList<string> Sample, IReadOnlyList<UserBulkSkip> Skips);
