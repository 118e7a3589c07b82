using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Users;

namespace ProxyPortal.Notices;

internal sealed class NoticeConfigurations : IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<NoticeCursor>
{
    public const int KeyLength = 200;

    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices");
        builder.Property(notice => notice.Key).HasMaxLength(KeyLength);
        // Of two nodes that come across the same, one fails to save it, and of two that put it into a digest, one does.
        builder.HasIndex(notice => notice.Key).IsUnique();
        builder.Property(notice => notice.HandledAt).IsConcurrencyToken();
        builder.HasIndex(notice => new { notice.UserId, notice.CreatedAt });
        builder.HasIndex(notice => notice.CreatedAt).HasFilter("handled_at IS NULL").HasDatabaseName("ix_notices_waiting");
        builder.HasOne<User>().WithMany().HasForeignKey(notice => notice.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NoticeCursor> builder)
    {
        builder.ToTable("notice_cursor");
        builder.Property(cursor => cursor.Id).ValueGeneratedNever();
        builder.Property(cursor => cursor.LastAuditId).IsConcurrencyToken();
    }
}
