using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Devices;
using ProxyPortal.Users;

namespace ProxyPortal.Credentials;

/// <summary>A secret that was replaced, in the form in which it was stored. It is kept to recognise a device that still sends it; until
/// <see cref="ProvesUntil"/> it also still works.</summary>
public sealed class FormerSecret
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; set; }

    /// <summary>The device it belonged to; null = the user's own password.</summary>
    public Guid? DeviceId { get; set; }

    /// <summary>A password's stored hash, or a device secret's digest in base64.</summary>
    public required string Stored { get; set; }

    public DateTimeOffset ReplacedAt { get; set; }

    public DateTimeOffset? ProvesUntil { get; set; }
}

internal sealed class FormerSecretConfiguration : IEntityTypeConfiguration<FormerSecret>
{
    public void Configure(EntityTypeBuilder<FormerSecret> builder)
    {
        builder.Property(secret => secret.Stored).HasMaxLength(512);
        builder.HasIndex(secret => new { secret.UserId, secret.ReplacedAt });
        builder.HasIndex(secret => secret.DeviceId);
        builder.HasOne<User>().WithMany().HasForeignKey(secret => secret.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Device>().WithMany().HasForeignKey(secret => secret.DeviceId).OnDelete(DeleteBehavior.Cascade);
    }
}
