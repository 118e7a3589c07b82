using ProxyPortal.Groups;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Bulk;

/// <summary>What came of one user, and what it would take to undo it.</summary>
internal readonly record struct UserBulkResult(UserOutcome Outcome, string? Message = null)
{
    public static UserBulkResult Changed { get; } = new(UserOutcome.Changed);

    public static UserBulkResult Unchanged(string message) => new(UserOutcome.Unchanged, message);

    public static UserBulkResult Skipped(string message) => new(UserOutcome.Skipped, message);
}

/// <summary>One action on one user in memory: the preview asks what it would do, the run does it, by the same words.</summary>
/// <param name="Request">Checked.</param>
/// <param name="Group">The group that it names, of the same context as the users.</param>
/// <param name="Now">The moment of all of it: what is undone later is recognised by it.</param>
internal sealed record UserBulkChange(UserBulkRequest Request, Group? Group, DateTimeOffset Now)
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool NeedsGroups => Request.Action is UserBulkAction.AddToGroup or UserBulkAction.RemoveFromGroup or UserBulkAction.MoveToGroup;

    public bool NeedsDevices => Request.Action is UserBulkAction.RequireNewSecret;

    /// <summary>Whether it may keep the user from signing in, now or at a day that is then set.</summary>
    public bool TakesAccess(User user) => Request.Action switch
    {
        UserBulkAction.Suspend or UserBulkAction.Delete => true,
        UserBulkAction.SetExpiry => Request.ValidUntil is { } until && (user.ValidUntil is null || until < user.ValidUntil),
        UserBulkAction.ShiftExpiry => Request.Days < 0 && user.ValidUntil is not null,
        _ => false,
    };

    public UserBulkResult Apply(User user) => Request.Action switch
    {
        UserBulkAction.Restore => Set(user.DeletedAt is not null, () => user.DeletedAt = null, "Is not in the bin."),
        _ when user.DeletedAt is not null => UserBulkResult.Skipped("Is in the bin."),
        UserBulkAction.SetExpiry => SetEnd(user, Request.ValidUntil?.ToUniversalTime()),
        UserBulkAction.ShiftExpiry => Shift(user),
        UserBulkAction.AddToGroup => Join(user, [.. user.Groups, Group!], "Is in the group already."),
        UserBulkAction.RemoveFromGroup => Join(user, [.. user.Groups.Where(group => group.Id != Group!.Id)], "Is not in the group."),
        UserBulkAction.MoveToGroup => Join(user, [Group!], "Is in this group only already."),
        UserBulkAction.Suspend => Set(user.SuspendedAt is null, () => (user.SuspendedAt, user.SecurityStamp) = (Now, NewStamp), "Is suspended already."),
        UserBulkAction.Resume => Set(user.SuspendedAt is not null, () => user.SuspendedAt = null, "Is not suspended."),
        UserBulkAction.RequireNewSecret => Withdraw(user),
        UserBulkAction.AddTag => AddTag(user),
        UserBulkAction.RemoveTag => Set(user.Tags.Contains(Request.Tag!), () => user.Tags = [.. user.Tags.Where(tag => tag != Request.Tag)], "Does not have the tag."),
        UserBulkAction.Delete => Set(true, () => (user.DeletedAt, user.SecurityStamp) = (Now, NewStamp), ""),
        _ => throw new InvalidOperationException(Request.Action.ToString()),
    };

    private static string NewStamp => Guid.CreateVersion7().ToString();

    private static UserBulkResult Set(bool changes, Action change, string otherwise)
    {
        if (!changes)
            return UserBulkResult.Unchanged(otherwise);
        change();
        return UserBulkResult.Changed;
    }

    private static UserBulkResult SetEnd(User user, DateTimeOffset? end)
    {
        if (end <= user.ValidFrom)
            return UserBulkResult.Skipped("The end would not be later than the start.");
        return Set(user.ValidUntil != end, () => user.ValidUntil = end, "Ends then already.");
    }

    private UserBulkResult Shift(User user)
    {
        if (user.ValidUntil is not { } end)
            return UserBulkResult.Skipped("Has no end to shift.");
        DateTimeOffset shifted = end.AddDays(Request.Days!.Value);
        return shifted < Earliest || shifted >= Latest ? UserBulkResult.Skipped("The end would lie outside of 2000 to 2100.") : SetEnd(user, shifted);
    }

    private static UserBulkResult Join(User user, IReadOnlyCollection<Group> groups, string otherwise) =>
        UserFields.JoinOnly(user, [.. groups.DistinctBy(group => group.Id)]) ? UserBulkResult.Changed : UserBulkResult.Unchanged(otherwise);

    private UserBulkResult AddTag(User user)
    {
        if (user.Tags.Count >= UserTags.Most && !user.Tags.Contains(Request.Tag!))
            return UserBulkResult.Skipped($"Has {UserTags.Most} tags already, which is the most.");
        return Set(!user.Tags.Contains(Request.Tag!), () => user.Tags = [.. user.Tags.Append(Request.Tag!).Order(StringComparer.Ordinal)], "Has the tag already.");
    }

    private UserBulkResult Withdraw(User user)
    {
        List<Devices.Device> devices = [.. user.Devices.Where(device => device.SecretRevokedAt is null)];
        bool changesPassword = user.PasswordHash is not null && !user.MustChangePassword;
        if (devices.Count == 0 && !changesPassword)
            return UserBulkResult.Unchanged("Has no secret that is in use.");
        if (changesPassword)
            (user.MustChangePassword, user.SecurityStamp) = (true, NewStamp);
        devices.ForEach(device => device.SecretRevokedAt = Now);
        return UserBulkResult.Changed;
    }
}
