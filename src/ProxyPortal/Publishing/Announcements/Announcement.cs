using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Proxies;
using ProxyPortal.Users;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>A planned change of an endpoint, told to those who use it: until it is carried out, old and new are both valid and both shown.</summary>
public sealed class Announcement : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The endpoint that ends, or of which something ends; null once it is gone.</summary>
    public Guid? EndpointId { get; set; }

    public ProxyEndpoint? Endpoint { get; set; }

    /// <summary>The name of the endpoint, also when it is gone.</summary>
    public required string EndpointName { get; set; }

    /// <summary>The endpoint that takes its place.</summary>
    public Guid? ReplacementId { get; set; }

    public ProxyEndpoint? Replacement { get; set; }

    /// <summary>The schemes that end there; none = the endpoint itself ends.</summary>
    public AuthSchemes EndingSchemes { get; set; }

    /// <summary>When the old ends.</summary>
    public DateTimeOffset EffectiveAt { get; set; }

    /// <summary>Why, and what to do, in the words of the administrators.</summary>
    public string? Comment { get; set; }

    /// <summary>Carry it out by itself at <see cref="EffectiveAt"/>.</summary>
    public bool RetiresByItself { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was carried out.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public List<Acknowledgement> Acknowledgements { get; } = [];

    public long Version { get; set; }
}

/// <summary>Somebody has read an announcement and says so.</summary>
public sealed class Acknowledgement
{
    public Guid AnnouncementId { get; set; }

    public Guid UserId { get; set; }

    public DateTimeOffset At { get; set; }
}

internal sealed class AnnouncementConfiguration : IEntityTypeConfiguration<Announcement>, IEntityTypeConfiguration<Acknowledgement>
{
    public const int CommentLength = 1000;

    public void Configure(EntityTypeBuilder<Announcement> builder)
    {
        builder.Property(announcement => announcement.EndpointName).HasMaxLength(ProxyConfiguration.NameLength);
        builder.Property(announcement => announcement.Comment).HasMaxLength(CommentLength);
        builder.HasOne(announcement => announcement.Endpoint).WithMany().HasForeignKey(announcement => announcement.EndpointId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(announcement => announcement.Replacement).WithMany().HasForeignKey(announcement => announcement.ReplacementId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(announcement => announcement.Acknowledgements).WithOne().HasForeignKey(row => row.AnnouncementId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Acknowledgement> builder)
    {
        builder.ToTable("acknowledgements");
        builder.HasKey(row => new { row.AnnouncementId, row.UserId });
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
