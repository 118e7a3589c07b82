using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.ExpiryPolicies;

namespace ProxyPortal.Groups;

internal sealed class GroupConfiguration : IEntityTypeConfiguration<Group>, IEntityTypeConfiguration<ExpiryPolicy>
{
    public const int NameLength = 64;
    public const int HoursLength = 200;
    public const int DescriptionLength = 500;

    public void Configure(EntityTypeBuilder<Group> builder)
    {
        builder.Property(group => group.Name).HasMaxLength(NameLength);
        builder.Property(group => group.Description).HasMaxLength(DescriptionLength);
        builder.Property(group => group.Hours).HasMaxLength(HoursLength);
        builder.Property(group => group.TimeZone).HasMaxLength(NameLength);
        builder.HasIndex(group => group.Name).IsUnique();
        builder.HasMany(group => group.Endpoints).WithMany(endpoint => endpoint.Groups).UsingEntity("group_endpoints");
        builder.HasOne(group => group.ExpiryPolicy).WithMany().HasForeignKey(group => group.ExpiryPolicyId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ExpiryPolicy> builder)
    {
        builder.Property(policy => policy.Name).HasMaxLength(NameLength);
        builder.HasIndex(policy => policy.Name).IsUnique();
        // One default at most, also of two who make theirs so at once.
        builder.HasIndex(policy => policy.IsDefault).IsUnique().HasFilter("is_default");
    }
}
