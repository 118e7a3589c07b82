using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ProxyPortal.Data;

/// <summary>Rules that hold for every table; what one table needs stands beside its entity.</summary>
internal static class DatabaseConventions
{
    public static void Apply(ModelBuilder builder)
    {
        foreach (IMutableEntityType entity in builder.Model.GetEntityTypes())
        {
            // Identity names its tables AspNet…; ours are called for what they hold.
            if (entity.GetTableName() is { } table && table.StartsWith("AspNet", StringComparison.Ordinal))
                entity.SetTableName("user_" + table["AspNetUser".Length..].ToLowerInvariant());
            if (typeof(IVersioned).IsAssignableFrom(entity.ClrType))
                entity.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
            if (entity.FindPrimaryKey()?.Properties is [{ ClrType: var type } key] && type == typeof(Guid))
                key.ValueGenerated = ValueGenerated.Never;
        }
    }
}

/// <summary>A point in time as UTC ticks (100 ns since 0001-01-01).</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
