using System.Text.Json;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Languages;
using ProxyPortal.Users;

namespace ProxyPortal.Mail;

/// <summary>Takes mails into the transaction of what they tell of: both happen or neither, and nobody waits for a mail server.</summary>
internal sealed class MailOutbox(MailSetter setter, SealedText seals, TimeProvider time)
{
    private static readonly TimeSpan UsuallyUseful = TimeSpan.FromDays(5);

    /// <summary>Adds a mail to somebody's stored address; it leaves once <paramref name="db"/> is saved. Does nothing for those without an address.</summary>
    /// <param name="db">Saved by the caller.</param>
    /// <param name="to">Whose language it speaks.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="write">Called in that language.</param>
    /// <param name="usefulUntil">When what it says is over; without it five days from now.</param>
    public OutboxMail? Add(PortalDbContext db, User to, MailKind kind, Func<MailContent> write, DateTimeOffset? usefulUntil = null) =>
        to.Email is { } address ? Add(db, new MailReader(address, OneLine(to.DisplayName), to.Id, to.Language), kind, write, usefulUntil) : null;

    /// <summary>The same for an address that is not, or not yet, that of an account.</summary>
    public OutboxMail Add(PortalDbContext db, MailReader to, MailKind kind, Func<MailContent> write, DateTimeOffset? usefulUntil = null)
    {
        (MailContent content, MailBody body) = PortalLanguages.Speak(to.Language, () =>
        {
            MailContent content = write();
            return (content, setter.Set(to.Name, content));
        });
        DateTimeOffset now = time.GetUtcNow();
        var mail = new OutboxMail
        {
            Kind = kind,
            UserId = to.UserId,
            ToAddress = to.Address,
            ToName = to.Name,
            Subject = content.Subject,
            CreatedAt = now,
            UsefulUntil = usefulUntil ?? now + UsuallyUseful,
            NextAttemptAt = now,
        };
        mail.Body = seals.Seal(JsonSerializer.Serialize(body), ContextOf(mail));
        db.Mails.Add(mail);
        return mail;
    }

    public MailBody Open(OutboxMail mail) => JsonSerializer.Deserialize<MailBody>(seals.Open(mail.Body!, ContextOf(mail)))!;

    // The rules for names keep line breaks out; rows of other origin may hold some.
    private static string OneLine(string name) => new([.. name.Select(character => char.IsControl(character) ? ' ' : character)]);

    private static string ContextOf(OutboxMail mail) => $"mail:{mail.Id}";
}

/// <summary>Who reads a mail.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Name">How they are greeted.</param>
/// <param name="UserId">Their account, where there is one.</param>
/// <param name="Language">A two-letter name; null = the portal's own.</param>
public sealed record MailReader(string Address, string Name, Guid? UserId, string? Language);
