using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Settings;

namespace ProxyPortal.Asking;

/// <summary>Takes requests of people without an account. Whether the address may ask, is known, or asked too often: the same row, the same answer, the same time.</summary>
internal sealed class AccessRequests(IDbContextFactory<PortalDbContext> contexts, SettingsService settings, OneTimeLinks links, AskingDesk desk, AuditTrail audit, TimeProvider time)
{
    /// <summary>In an hour, from one source.</summary>
    public const int MostOfSource = 10;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static Error Closed { get; } = new("closed", "Access cannot be asked for here. Ask your administrator.");

    /// <summary>Errors: <c>closed</c>, and those of the fields. All else is not told.</summary>
    public async Task<Result> AskAsync(Actor visitor, AccessRequestInput input, CancellationToken cancellationToken)
    {
        if (!settings.Current.Registration.IsOpen)
            return Closed;
        if (RequestRules.Check(input) is { } fault)
            return fault;
        DateTimeOffset now = time.GetUtcNow();
        string source = SignInThrottle.SourceOf(visitor.Address);
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset since = now - Window;
        if (await db.AccessRequests.CountAsync(request => request.Source == source && request.AskedAt > since, cancellationToken) >= MostOfSource)
            return Result.Success;
        db.AccessRequests.Add(Make(input, input.Mail, source, now, now + OneTimeLinks.ConfirmRequestLifetime, RequestState.Unconfirmed));
        await db.SaveChangesAsync(cancellationToken);
        desk.Wake();
        return Result.Success;
    }

    /// <summary>Uses the link that went to the address: from now on the request waits for a decision. Errors: <c>link_invalid</c>.</summary>
    public async Task<Result> ConfirmAsync(Actor visitor, string? token, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(token, LinkPurpose.ConfirmRequest, cancellationToken) is not { SentTo: { } mail } link)
            return PasswordService.LinkInvalid;
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // The request that this link was made for: the last one of the address that had been handled by then.
        AccessRequest? request = await db.AccessRequests.Where(row => row.Mail == mail && row.State == RequestState.Unconfirmed && row.HandledAt <= link.CreatedAt)
            .OrderByDescending(row => row.HandledAt).FirstOrDefaultAsync(cancellationToken);
        if (request is null)
            return PasswordService.LinkInvalid;
        (request.State, request.EndsAt) = (RequestState.Waiting, now + RequestRules.Lifetime);
        db.OneTimeLinks.Attach(link).Entity.UsedAt = now;
        audit.Add(db, visitor with { Name = mail }, AuditAction.RequestMade, RequestAudit.Target(request, null, mail), after: RequestAudit.Snapshot(request));
        return await SaveAsync(db, cancellationToken);
    }

    /// <summary>Uses an invitation: the address is proved by it, so the request waits at once. Errors: <c>link_invalid</c>, and those of the fields.</summary>
    public async Task<Result> AskByInvitationAsync(Actor visitor, string? token, AccessRequestInput input, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(token, LinkPurpose.Invitation, cancellationToken) is not { SentTo: { } mail } link || !settings.Current.Registration.ByInvitation)
            return PasswordService.LinkInvalid;
        if (RequestRules.Check(input with { Mail = mail }) is { } fault)
            return fault;
        DateTimeOffset now = time.GetUtcNow();
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        AccessRequest request = Make(input, mail, SignInThrottle.SourceOf(visitor.Address), now, now + RequestRules.Lifetime, RequestState.Waiting);
        request.HandledAt = now;
        db.AccessRequests.Add(request);
        db.OneTimeLinks.Attach(link).Entity.UsedAt = now;
        audit.Add(db, visitor with { Name = mail }, AuditAction.RequestMade, RequestAudit.Target(request, null, mail), after: RequestAudit.Snapshot(request));
        return await SaveAsync(db, cancellationToken);
    }

    private static AccessRequest Make(AccessRequestInput input, string mail, string source, DateTimeOffset now, DateTimeOffset endsAt, RequestState state) => new()
    {
        Kind = RequestKind.Access,
        State = state,
        Mail = mail.Trim(),
        Name = input.Name.Trim(),
        Reason = input.Reason.Trim(),
        Days = input.Days,
        AskedAt = now,
        EndsAt = endsAt,
        Source = source,
        Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
    };

    private static async Task<Result> SaveAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Someone used the link at the same moment.
            return PasswordService.LinkInvalid;
        }
    }
}
