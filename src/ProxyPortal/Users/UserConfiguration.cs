using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Languages;

namespace ProxyPortal.Users;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public const int DisplayNameLength = 200;
    public const int NotesLength = 2000;

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.UserName).HasMaxLength(256).IsRequired();
        builder.Property(user => user.NormalizedUserName).HasMaxLength(256).IsRequired();
        builder.Property(user => user.DisplayName).HasMaxLength(DisplayNameLength);
        builder.Property(user => user.Notes).HasMaxLength(NotesLength);
        builder.Property(user => user.PasswordHash).HasMaxLength(512);
        builder.Property(user => user.BootstrapPasswordHash).HasMaxLength(512);
        builder.Ignore(user => user.PhoneNumber).Ignore(user => user.PhoneNumberConfirmed);
        builder.Property(user => user.Language).HasMaxLength(8);
        builder.Property(user => user.TimeZone).HasMaxLength(ReaderZone.LongestName);
        builder.Ignore(user => user.NeedsSecondFactor);
        builder.Property(user => user.NormalizedDisplayName).HasMaxLength(DisplayNameLength);
        // One for each order of the list: those in the bin lie apart, and a page of the others is read without touching a row that is skipped.
        builder.HasIndex(user => new { user.DeletedAt, user.NormalizedUserName });
        builder.HasIndex(user => new { user.DeletedAt, user.NormalizedDisplayName, user.Id });
        builder.HasIndex(user => new { user.DeletedAt, user.NormalizedEmail, user.Id });
        builder.HasIndex(user => new { user.DeletedAt, user.ValidUntil, user.Id });
        builder.HasIndex(user => new { user.DeletedAt, user.CreatedAt, user.Id });
        builder.HasIndex(user => new { user.DeletedAt, user.LastUsedAt, user.Id });
        // One for each status that few have.
        builder.HasIndex(user => user.SuspendedAt).HasFilter("suspended_at IS NOT NULL");
        builder.HasIndex(user => user.ValidFrom).HasFilter("valid_from IS NOT NULL");
        builder.HasIndex(user => user.Role).HasFilter("role <> 0");
        builder.HasIndex(user => user.PasswordHash).HasFilter("password_hash IS NULL").HasDatabaseName("ix_users_without_password");
        builder.HasMany(user => user.Groups).WithMany(group => group.Users).UsingEntity("group_members");
        builder.HasMany(user => user.Devices).WithOne(device => device.User).HasForeignKey(device => device.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
