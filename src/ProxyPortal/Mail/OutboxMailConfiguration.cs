using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProxyPortal.Mail;

/// <summary>No foreign key: what was sent is remembered for a while, whatever becomes of the account.</summary>
internal sealed class OutboxMailConfiguration : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("mails");
        builder.Property(mail => mail.ToAddress).HasMaxLength(254);
        builder.Property(mail => mail.ToName).HasMaxLength(256);
        builder.Property(mail => mail.Subject).HasMaxLength(300);
        builder.Property(mail => mail.LastFault).HasMaxLength(MailHealth.FaultLength);
        builder.HasIndex(mail => new { mail.State, mail.NextAttemptAt });
        builder.HasIndex(mail => new { mail.UserId, mail.CreatedAt });
        builder.HasIndex(mail => mail.CreatedAt);
    }
}
