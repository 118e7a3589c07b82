using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProxyPortal.Devices;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public const int TextLength = 500;

    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.Property(device => device.Name).HasMaxLength(64);
        builder.Property(device => device.Note).HasMaxLength(TextLength);
        builder.Property(device => device.RequestReason).HasMaxLength(TextLength);
        builder.Property(device => device.DecisionReason).HasMaxLength(TextLength);
        builder.Property(device => device.DecidedBy).HasMaxLength(256);
        builder.Property(device => device.SecretDigest).HasMaxLength(32);
        builder.Property(device => device.LastAddress).HasMaxLength(64);
        builder.Ignore(device => device.FormerSecretProvesUntil);
        builder.HasIndex(device => device.Name);
        builder.HasIndex(device => device.RequestedAt);
        builder.HasIndex(device => new { device.UserId, device.Name }).IsUnique();
    }
}
