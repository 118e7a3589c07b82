using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.ApiTokens;
using ProxyPortal.Audit;
using ProxyPortal.Links;
using ProxyPortal.Settings;

namespace ProxyPortal.Data;

internal sealed class RecordConfigurations
    : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditChainState>, IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<IdempotentCall>, IEntityTypeConfiguration<OneTimeLink>, IEntityTypeConfiguration<DirectoryChange>,
        IEntityTypeConfiguration<PortalSettings>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(entry => entry.ActorName).HasMaxLength(256);
        builder.Property(entry => entry.Action).HasMaxLength(64);
        builder.Property(entry => entry.TargetKind).HasMaxLength(32);
        builder.Property(entry => entry.TargetName).HasMaxLength(256);
        builder.Property(entry => entry.Address).HasMaxLength(45);
        builder.Property(entry => entry.Hash).HasMaxLength(32);
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => new { entry.TargetKind, entry.TargetId });
    }

    public void Configure(EntityTypeBuilder<AuditChainState> builder)
    {
        builder.ToTable("audit_chain");
        builder.Property(state => state.Id).ValueGeneratedNever();
        builder.Property(state => state.StartHash).HasMaxLength(32);
        builder.Property(state => state.HeadHash).HasMaxLength(32);
        builder.Property(state => state.Mac).HasMaxLength(32);
    }

    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.Property(token => token.Name).HasMaxLength(64);
        builder.Property(token => token.Digest).HasMaxLength(32);
        builder.Property(token => token.Hint).HasMaxLength(16);
        builder.Property(token => token.CreatedBy).HasMaxLength(256);
        builder.HasIndex(token => token.Name).IsUnique();
        builder.HasIndex(token => token.Digest).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IdempotentCall> builder)
    {
        builder.ToTable("idempotent_calls");
        builder.Property(call => call.Key).HasMaxLength(128);
        builder.Property(call => call.RequestDigest).HasMaxLength(32);
        builder.HasIndex(call => new { call.TokenId, call.Key }).IsUnique();
        builder.HasIndex(call => call.CreatedAt);
        builder.HasOne<ApiToken>().WithMany().HasForeignKey(call => call.TokenId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<OneTimeLink> builder)
    {
        builder.Property(link => link.Digest).HasMaxLength(32);
        builder.Property(link => link.SentTo).HasMaxLength(254);
        // Whoever saves a used link saves it only if it was unused: of any number at once one succeeds, together with what it was used for.
        builder.Property(link => link.UsedAt).IsConcurrencyToken();
        builder.HasIndex(link => link.Digest).IsUnique();
        builder.HasOne<Users.User>().WithMany().HasForeignKey(link => link.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Devices.Device>().WithMany().HasForeignKey(link => link.DeviceId).OnDelete(DeleteBehavior.Cascade);
    }

    // Of two portals that start with different keys at once on an empty database, one must see that it was second.
    public void Configure(EntityTypeBuilder<PortalSettings> builder) => builder.Property(settings => settings.KeyCheck).HasMaxLength(32).IsConcurrencyToken();

    public void Configure(EntityTypeBuilder<DirectoryChange> builder) => builder.HasKey(change => change.Sequence);
}
