using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Data;

/// <summary>Verification events: no foreign keys, because they outlive what they name.</summary>
internal sealed class EventConfigurations : IEntityTypeConfiguration<VerificationEvent>, IEntityTypeConfiguration<VerificationRollup>
{
    public void Configure(EntityTypeBuilder<VerificationEvent> builder)
    {
        builder.ToTable("verification_events");
        builder.Property(one => one.Id).HasMaxLength(16).ValueGeneratedNever();
        builder.Property(one => one.LastId).HasMaxLength(16);
        builder.Property(one => one.Login).HasMaxLength(256);
        builder.Property(one => one.ProxyName).HasMaxLength(128);
        builder.Property(one => one.EndpointName).HasMaxLength(128);
        builder.Property(one => one.Source).HasMaxLength(64);
        builder.HasIndex(one => one.FirstAt);
        builder.HasIndex(one => new { one.UserId, one.FirstAt });
        builder.HasIndex(one => new { one.Reason, one.FirstAt });
        // Who still uses an endpoint.
        builder.HasIndex(one => new { one.EndpointId, one.FirstAt });
    }

    public void Configure(EntityTypeBuilder<VerificationRollup> builder)
    {
        builder.ToTable("verification_rollups");
        builder.HasKey(rollup => new { rollup.Span, rollup.Start, rollup.ProxyId, rollup.EndpointId, rollup.Reason, rollup.Scheme });
    }
}
