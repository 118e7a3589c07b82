using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;

namespace ProxyPortal.Asking;

/// <summary>What an accepted request brings: an account with the link to its first password, or a membership; and the end of one that was granted for a time.</summary>
internal sealed class RequestGrants(OneTimeLinks links, AskingMails mails, AuditTrail audit, ILookupNormalizer normalizer)
{
    private const string Memberships = "group_members";
    private const int MostTries = 100;

    /// <summary>Changes <paramref name="db"/>, which the caller saves. Errors: <c>not_found</c>, <c>userId_taken</c>.</summary>
    public Task<Error?> GrantAsync(PortalDbContext db, Actor actor, AccessRequest request, DateTimeOffset now, CancellationToken cancellationToken) =>
        request.Kind is RequestKind.Group ? JoinAsync(db, actor, request, now, cancellationToken) : CreateAsync(db, actor, request, now, cancellationToken);

    /// <summary>Tells somebody without an account; the others hear of it by a notice.</summary>
    public Task<Error?> DeclineAsync(PortalDbContext db, AccessRequest request)
    {
        if (request.Kind is RequestKind.Access)
            mails.Declined(db, request);
        return Task.FromResult<Error?>(null);
    }

    /// <summary>Takes the asker out of the group again.</summary>
    public async Task EndAsync(PortalDbContext db, AccessRequest request, CancellationToken cancellationToken)
    {
        request.MemberUntil = null;
        if (!await IsMemberAsync(db, request, cancellationToken))
            return;
        db.Set<Dictionary<string, object>>(Memberships).Remove(Membership(request));
        await TellAsync(db, Actor.Portal, request, isMember: false, cancellationToken);
    }

    private async Task<Error?> JoinAsync(PortalDbContext db, Actor actor, AccessRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Who was put into the group meanwhile stays there, without an end.
        if (await IsMemberAsync(db, request, cancellationToken))
            return null;
        request.MemberUntil = request.Days is { } days ? now.AddDays(days) : null;
        db.Set<Dictionary<string, object>>(Memberships).Add(Membership(request));
        await TellAsync(db, actor, request, isMember: true, cancellationToken);
        return null;
    }

    private async Task<Error?> CreateAsync(PortalDbContext db, Actor actor, AccessRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string? address = normalizer.NormalizeEmail(request.Mail);
        if (await db.Users.AnyAsync(row => row.NormalizedEmail == address && row.DeletedAt == null, cancellationToken))
            return new Error("email_taken", "There is an account with this mail address already.");
        if (await FreeNameAsync(db, request.Mail!, cancellationToken) is not { } name)
            return new Error("userId_taken", "No user-id could be made from the mail address. Add the user by hand.");
        User user = UserFields.Create(name, now);
        (user.DisplayName, user.Email, user.NormalizedEmail, user.EmailConfirmed) = (request.Name!, request.Mail, address, true);
        (user.ValidUntil, user.Notes, user.Language) = (request.Days is { } days ? now.AddDays(days) : null, request.Reason, request.Language);
        db.Users.Add(user);
        request.UserId = user.Id;
        audit.Add(db, actor, AuditAction.UserCreated, UserAudit.Target(user), after: UserAudit.Snapshot(user));
        mails.Accepted(db, request, user, links.Add(db, LinkPurpose.SetPassword, user));
        return null;
    }

    // alice.abel@example.test becomes alice.abel, or alice.abel2 where that is taken.
    private static async Task<string?> FreeNameAsync(PortalDbContext db, string mail, CancellationToken cancellationToken)
    {
        string local = new([.. mail.Split('@')[0].Normalize(NormalizationForm.FormC).Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_').SkipWhile(c => !char.IsLetterOrDigit(c)).Take(UserId.MaxLength - 4)]);
        if (UserId.Create(local) is not { Succeeded: true } folded)
            return null;
        for (int number = 1; number <= MostTries; number++)
        {
            string name = number == 1 ? folded.Value : $"{folded.Value}{number}";
            if (!await db.Users.AnyAsync(user => user.NormalizedUserName == name, cancellationToken))
                return name;
        }
        return null;
    }

    private static Task<bool> IsMemberAsync(PortalDbContext db, AccessRequest request, CancellationToken cancellationToken) =>
        db.Groups.AnyAsync(group => group.Id == request.GroupId && group.Users.Any(user => user.Id == request.UserId), cancellationToken);

    private static Dictionary<string, object> Membership(AccessRequest request) => new() { ["GroupsId"] = request.GroupId!.Value, ["UsersId"] = request.UserId!.Value };

    // In the history of the user, who may be asked about it.
    private async Task TellAsync(PortalDbContext db, Actor actor, AccessRequest request, bool isMember, CancellationToken cancellationToken)
    {
        var user = await db.Users.Where(row => row.Id == request.UserId).Select(row => new { row.Id, row.UserName, Groups = row.Groups.Select(group => group.Name).ToList() }).SingleAsync(cancellationToken);
        string name = await db.Groups.Where(group => group.Id == request.GroupId).Select(group => group.Name).SingleAsync(cancellationToken);
        IEnumerable<string> after = isMember ? user.Groups.Append(name) : user.Groups.Where(group => group != name);
        audit.Add(db, actor, AuditAction.UserChanged, new AuditTarget("user", user.Id, user.UserName!), new { Groups = Say(user.Groups) }, new { Groups = Say(after) });
    }

    private static string Say(IEnumerable<string> groups) => string.Join(' ', groups.Order(StringComparer.Ordinal));
}
