using System.Globalization;
using ProxyPortal.Access;
using ProxyPortal.Audit;

namespace ProxyPortal.Users.Bulk;

/// <summary>What there is to say about each action, in its one place.</summary>
/// <param name="Label">In the list of actions.</param>
/// <param name="Verb">Before a number of users: "Suspend".</param>
/// <param name="Audit">The code of each user's entry.</param>
/// <param name="Needs">What one must be allowed.</param>
/// <param name="IsDangerous">Takes something away.</param>
public sealed record UserBulkWords(string Label, string Verb, string Audit, Permission Needs, bool IsDangerous)
{
    public static UserBulkWords Of(UserBulkAction action) => action switch
    {
        UserBulkAction.SetExpiry => new("Set expiry", "Set expiry of", AuditAction.UserChanged, Permission.EditUsers, false),
        UserBulkAction.ShiftExpiry => new("Shift expiry by days", "Shift expiry of", AuditAction.UserChanged, Permission.EditUsers, false),
        UserBulkAction.AddToGroup => new("Add to group", "Add to group:", AuditAction.UserChanged, Permission.EditUsers, false),
        UserBulkAction.RemoveFromGroup => new("Remove from group", "Remove from group:", AuditAction.UserChanged, Permission.EditUsers, false),
        UserBulkAction.MoveToGroup => new("Move to group", "Move to group:", AuditAction.UserChanged, Permission.EditUsers, false),
        UserBulkAction.Suspend => new("Suspend", "Suspend", AuditAction.UserSuspended, Permission.HelpUsers, true),
        UserBulkAction.Resume => new("Resume", "Resume", AuditAction.UserResumed, Permission.HelpUsers, false),
        UserBulkAction.RequireNewSecret => new("Require new secret", "Require new secret of", AuditAction.NewSecretRequired, Permission.HelpUsers, true),
        UserBulkAction.AddTag => new("Add tag", "Tag", AuditAction.UserChanged, Permission.EditUsers, false),
        UserBulkAction.RemoveTag => new("Remove tag", "Remove tag of", AuditAction.UserChanged, Permission.EditUsers, false),
        UserBulkAction.Delete => new("Delete", "Delete", AuditAction.UserDeleted, Permission.EditUsers, true),
        UserBulkAction.Restore => new("Restore", "Restore", AuditAction.UserRestored, Permission.EditUsers, false),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    public string For(int users) => string.Create(CultureInfo.InvariantCulture, $"{Verb} {users:N0} {(users == 1 ? "user" : "users")}");
}
