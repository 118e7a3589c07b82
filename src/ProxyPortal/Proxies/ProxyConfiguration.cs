using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProxyPortal.Proxies;

internal sealed class ProxyConfiguration : IEntityTypeConfiguration<Proxy>, IEntityTypeConfiguration<ProxyEndpoint>, IEntityTypeConfiguration<CallerKey>
{
    public const int NameLength = 64;
    public const int RealmLength = 128;
    public const int TextLength = 200;

    public void Configure(EntityTypeBuilder<Proxy> builder)
    {
        builder.Property(proxy => proxy.Name).HasMaxLength(NameLength);
        builder.Property(proxy => proxy.Realm).HasMaxLength(RealmLength);
        builder.Property(proxy => proxy.Location).HasMaxLength(TextLength);
        builder.Property(proxy => proxy.Contact).HasMaxLength(TextLength);
        builder.HasIndex(proxy => proxy.Name).IsUnique();
        builder.HasMany(proxy => proxy.Endpoints).WithOne(endpoint => endpoint.Proxy).HasForeignKey(endpoint => endpoint.ProxyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(proxy => proxy.CallerKeys).WithOne(key => key.Proxy).HasForeignKey(key => key.ProxyId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ProxyEndpoint> builder)
    {
        builder.Property(endpoint => endpoint.Name).HasMaxLength(NameLength);
        builder.Property(endpoint => endpoint.Host).HasMaxLength(253);
        builder.Property(endpoint => endpoint.TlsName).HasMaxLength(253);
        builder.Property(endpoint => endpoint.TlsFingerprint).HasMaxLength(CertificateFingerprint.Length);
        builder.HasIndex(endpoint => endpoint.Name).IsUnique();
        builder.HasIndex(endpoint => new { endpoint.Host, endpoint.Port }).IsUnique();
        builder.Ignore(endpoint => endpoint.Address);
    }

    public void Configure(EntityTypeBuilder<CallerKey> builder)
    {
        builder.Property(key => key.Digest).HasMaxLength(32);
        builder.Property(key => key.Hint).HasMaxLength(16);
        builder.HasIndex(key => key.Digest).IsUnique();
    }
}
