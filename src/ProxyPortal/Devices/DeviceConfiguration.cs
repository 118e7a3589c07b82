using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProxyPortal.Devices;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.Property(device => device.Name).HasMaxLength(64);
        builder.Property(device => device.SecretDigest).HasMaxLength(32);
        builder.Property(device => device.LastAddress).HasMaxLength(64);
        builder.Ignore(device => device.FormerSecretProvesUntil);
        builder.HasIndex(device => new { device.UserId, device.Name }).IsUnique();
    }
}
