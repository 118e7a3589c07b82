using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Data;

namespace ProxyPortal.Publishing.Pac;

/// <summary>A PAC file as its administrators wrote it; <see cref="Core.Publishing.Pac.PacPlan"/> is made from it and from the endpoints as they are.</summary>
public sealed class PacProfile : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Its name in the address: <c>/pac/{name}.pac</c>.</summary>
    public required string Name { get; set; }

    /// <summary>For whom it is, in the words of its administrators.</summary>
    public string? Purpose { get; set; }

    /// <summary>It is also <c>/proxy.pac</c> and <c>/wpad.dat</c>. One profile at most.</summary>
    public bool IsDefault { get; set; }

    /// <summary>Whether names without a dot are reached straight.</summary>
    public bool BypassesPlainNames { get; set; } = true;

    /// <summary>Whether clients may go straight where no proxy answers.</summary>
    public bool FallsBackToDirect { get; set; }

    /// <summary>Hosts that are reached straight, each as <see cref="Core.Publishing.Pac.HostPattern"/> writes it.</summary>
    public List<string> Bypass { get; set; } = [];

    public List<PacProfileRoute> Routes { get; set; } = [];

    /// <summary>Ids of the endpoints for all other hosts, in the order in which they are tried; empty = all that strangers may see.</summary>
    public List<Guid> Endpoints { get; set; } = [];

    public long Version { get; set; }
}

/// <summary>Hosts with a way of their own.</summary>
/// <param name="Hosts">Patterns, as in <see cref="PacProfile.Bypass"/>.</param>
/// <param name="Endpoints">Ids of endpoints, in the order in which they are tried; empty = straight.</param>
public sealed record PacProfileRoute(IReadOnlyList<string> Hosts, IReadOnlyList<Guid> Endpoints);

internal sealed class PacProfileConfiguration : IEntityTypeConfiguration<PacProfile>
{
    public const int NameLength = 63;
    public const int PurposeLength = 200;

    public void Configure(EntityTypeBuilder<PacProfile> builder)
    {
        builder.Property(profile => profile.Name).HasMaxLength(NameLength);
        builder.Property(profile => profile.Purpose).HasMaxLength(PurposeLength);
        builder.HasIndex(profile => profile.Name).IsUnique();
        builder.HasIndex(profile => profile.IsDefault).IsUnique().HasFilter("is_default");
        builder.Property(profile => profile.Routes).HasConversion(
            routes => JsonSerializer.Serialize(routes, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<List<PacProfileRoute>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<List<PacProfileRoute>>((left, right) => Write(left) == Write(right), routes => Write(routes).GetHashCode(StringComparison.Ordinal), routes => routes.ToList()));
    }

    private static string Write(List<PacProfileRoute>? routes) => JsonSerializer.Serialize(routes, JsonSerializerOptions.Web);
}
