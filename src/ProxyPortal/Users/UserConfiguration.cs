using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
        builder.Ignore(user => user.NeedsSecondFactor);
        builder.Property(user => user.NormalizedDisplayName).HasMaxLength(DisplayNameLength);
        builder.HasIndex(user => user.NormalizedDisplayName);
        builder.HasIndex(user => user.ValidUntil);
        builder.HasIndex(user => user.CreatedAt);
        builder.HasMany(user => user.Groups).WithMany(group => group.Users).UsingEntity("group_members");
        builder.HasMany(user => user.Devices).WithOne(device => device.User).HasForeignKey(device => device.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
