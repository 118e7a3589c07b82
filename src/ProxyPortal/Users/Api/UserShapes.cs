using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Import;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Api;

/// <summary>A user in answers of the API.</summary>
internal sealed record ApiUser(
    Guid Id, string UserId, string DisplayName, string? Email, UserKind Kind, string Status, IReadOnlyList<string> Groups, IReadOnlyList<string> Tags, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil,
    DateTimeOffset? LastSeen, DateTimeOffset CreatedAt, PortalRole Role)
{
    public static ApiUser Of(UserSummary user) => new(
        user.Id, user.UserId, user.DisplayName, user.Email, user.Kind, user.Status.Code(), user.Groups, user.Tags, user.ValidFrom, user.ValidUntil, user.LastSeenAt, user.CreatedAt, user.Role);
}

/// <summary>A user alone, with what lists leave out.</summary>
internal record ApiUserDetail(
    Guid Id, string UserId, string DisplayName, string? Email, UserKind Kind, string Status, bool Throttled, IReadOnlyList<string> Groups, IReadOnlyList<string> Tags, string? Owner,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, int? DaysFromFirstUse, DateTimeOffset? LastSeen, DateTimeOffset CreatedAt, PortalRole Role, bool HasPassword, bool MustChangePassword,
    string? Notes, long Version)
{
    public static ApiUserDetail Of(UserDetail user) => new(
        user.Id, user.UserId, user.DisplayName, user.Email, user.Kind, user.Status.Code(), user.IsThrottled, user.Groups, user.Tags, user.Owner?.UserId,
        user.ValidFrom, user.ValidUntil, user.DaysFromFirstUse, user.LastSeenAt, user.CreatedAt, user.Role, user.HasPassword, user.MustChangePassword, user.Notes, user.Version);
}

/// <summary>A one-time link: told once.</summary>
internal sealed record ApiLink(string Url, DateTimeOffset ExpiresAt);

/// <summary>A new user, and the link by which they choose a password: told once.</summary>
internal sealed record ApiCreatedUser : ApiUserDetail
{
    public ApiCreatedUser(UserDetail user, ApiLink passwordLink)
        : base(Of(user)) => PasswordLink = passwordLink;

    public ApiLink PasswordLink { get; }
}

/// <summary>What may be set of a new user.</summary>
internal sealed record ApiNewUser(
    string UserId, string? DisplayName, string? Email, UserKind? Kind, PortalRole? Role, IReadOnlyList<string>? Groups, IReadOnlyList<string>? Tags, string? Owner,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, int? DaysFromFirstUse, string? Notes)
{
    public UserInput ToInput() => new()
    {
        UserId = UserId,
        DisplayName = DisplayName ?? "",
        Email = Email,
        Kind = Kind ?? UserKind.Person,
        Role = Role ?? PortalRole.None,
        Groups = Groups,
        Tags = Tags ?? [],
        Owner = Owner,
        ValidFrom = ValidFrom,
        ValidUntil = ValidUntil,
        DaysFromFirstUse = DaysFromFirstUse,
        Notes = Notes,
    };
}

/// <summary>What is to change of a user: what is left out stays, null clears.</summary>
internal sealed record ApiUserPatch(
    Given<string> DisplayName, Given<string> Email, Given<UserKind?> Kind, Given<PortalRole?> Role, Given<IReadOnlyList<string>> Groups, Given<IReadOnlyList<string>> Tags, Given<string> Owner,
    Given<DateTimeOffset?> ValidFrom, Given<DateTimeOffset?> ValidUntil, Given<int?> DaysFromFirstUse, Given<string> Notes)
{
    public UserInput On(UserDetail user) => new()
    {
        UserId = user.UserId,
        DisplayName = DisplayName.Or(user.DisplayName) ?? "",
        Email = Email.Or(user.Email),
        Kind = Kind.Or(user.Kind) ?? UserKind.Person,
        Role = Role.Or(user.Role) ?? PortalRole.None,
        Groups = Groups.IsNamed ? Groups.Value ?? [] : null,
        Tags = Tags.Or(user.Tags) ?? [],
        Owner = Owner.Or(user.Owner?.UserId),
        ValidFrom = ValidFrom.Or(user.ValidFrom),
        ValidUntil = ValidUntil.Or(user.ValidUntil),
        DaysFromFirstUse = DaysFromFirstUse.Or(user.DaysFromFirstUse),
        Notes = Notes.Or(user.Notes),
    };
}

/// <summary>Filters of a bulk change, as those of the list.</summary>
internal sealed record ApiUserFilter(string? Search, string? Status, string? Tag, string? Group);

/// <summary>A change of many users. <c>preview</c> counts only; <c>expected</c> is what the preview counted.</summary>
internal sealed record ApiBulk(
    UserBulkAction Action, IReadOnlyList<Guid>? Ids, ApiUserFilter? Filter, bool Preview, DateTimeOffset? ValidUntil, int? Days, string? Group, string? Tag, int? Expected);

/// <summary>Work that goes on in the background; <c>rows</c> once it is over.</summary>
internal sealed record ApiJob(Guid Id, string Title, UserJobState State, string? Problem, int Total, int Done, int Changed, int Unchanged, int Skipped, int Failed, bool CanUndo)
{
    public IReadOnlyList<UserJobRow>? Rows { get; init; }

    public static ApiJob Of(UserJob job) => new(
        job.Id, job.Title, job.State, job.Problem, job.Total, job.Done, job.Count(UserOutcome.Changed), job.Count(UserOutcome.Unchanged), job.Count(UserOutcome.Skipped), job.Count(UserOutcome.Failed), job.CanUndo);

    public static ApiJob WithRows(UserJob job) => Of(job) with { Rows = job.IsOver ? job.Rows() : null };
}

/// <summary>What an import did, or would do. Nothing is imported while there are errors, unless <c>skipFaulty</c> leaves those rows out.</summary>
internal sealed record ApiImport(bool DryRun, int Rows, int Created, int Updated, int Skipped, IReadOnlyList<ImportFault> Errors)
{
    public static ApiImport Of(UserImportPlan plan, bool dryRun) => new(dryRun, plan.Rows, plan.Created, plan.Updated, plan.Skipped, plan.Faults);
}
