using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.ApiTokens;
using ProxyPortal.Audit;
using ProxyPortal.Links;
using ProxyPortal.Settings;

namespace ProxyPortal.Data;

internal sealed class RecordConfigurations
    : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<OneTimeLink>, IEntityTypeConfiguration<DirectoryChange>,
        IEntityTypeConfiguration<PortalSettings>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(entry => entry.ActorName).HasMaxLength(256);
        builder.Property(entry => entry.Action).HasMaxLength(64);
        builder.Property(entry => entry.TargetKind).HasMaxLength(32);
        builder.Property(entry => entry.TargetName).HasMaxLength(256);
        builder.Property(entry => entry.Address).HasMaxLength(45);
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => new { entry.TargetKind, entry.TargetId });
    }

    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.Property(token => token.Name).HasMaxLength(64);
        builder.Property(token => token.Digest).HasMaxLength(32);
        builder.Property(token => token.Hint).HasMaxLength(16);
        builder.HasIndex(token => token.Name).IsUnique();
        builder.HasIndex(token => token.Digest).IsUnique();
    }

    public void Configure(EntityTypeBuilder<OneTimeLink> builder)
    {
        builder.Property(link => link.Digest).HasMaxLength(32);
        // Whoever saves a used link saves it only if it was unused: of any number at once one succeeds, together with what it was used for.
        builder.Property(link => link.UsedAt).IsConcurrencyToken();
        builder.HasIndex(link => link.Digest).IsUnique();
        builder.HasOne<Users.User>().WithMany().HasForeignKey(link => link.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    // Of two portals that start with different keys at once on an empty database, one must see that it was second.
    public void Configure(EntityTypeBuilder<PortalSettings> builder) => builder.Property(settings => settings.KeyCheck).HasMaxLength(32).IsConcurrencyToken();

    public void Configure(EntityTypeBuilder<DirectoryChange> builder) => builder.HasKey(change => change.Sequence);
}
