using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Data;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Who may read a guide.</summary>
public enum GuideVisibility
{
    Everyone = 0,
    SignedIn = 1,
}

/// <summary>A page in the organisation's own words. Its text stands in its versions: saving adds one, publishing names one.</summary>
public sealed class Guide : IVersioned, IDirectoryEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Its name in the address, the same in all languages.</summary>
    public required string Slug { get; set; }

    /// <summary>The language it is written in, such as <c>en</c>.</summary>
    public required string Language { get; set; }

    public GuideVisibility Visibility { get; set; }

    /// <summary>Its place in the list, from the first.</summary>
    public int Position { get; set; }

    /// <summary>The version that readers see; null = none yet, or none any more.</summary>
    public int? PublishedNumber { get; set; }

    public List<GuideVersion> Versions { get; } = [];

    public long Version { get; set; }
}

/// <summary>The text of a guide as somebody saved it. Never changed.</summary>
public sealed class GuideVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid GuideId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    public required string Title { get; set; }

    /// <summary>Markdown with placeholders such as <c>{{endpoint.hq.port}}</c>.</summary>
    public required string Text { get; set; }

    public DateTimeOffset SavedAt { get; set; }

    /// <summary>Who, by name; the audit trail knows more.</summary>
    public required string SavedBy { get; set; }
}

internal sealed class GuideConfiguration : IEntityTypeConfiguration<Guide>, IEntityTypeConfiguration<GuideVersion>
{
    public const int SlugLength = 63;
    public const int TitleLength = 120;
    public const int TextLength = 100_000;

    public void Configure(EntityTypeBuilder<Guide> builder)
    {
        builder.Property(guide => guide.Slug).HasMaxLength(SlugLength);
        builder.Property(guide => guide.Language).HasMaxLength(16);
        builder.HasIndex(guide => new { guide.Slug, guide.Language }).IsUnique();
        builder.HasMany(guide => guide.Versions).WithOne().HasForeignKey(version => version.GuideId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<GuideVersion> builder)
    {
        builder.ToTable("guide_versions");
        builder.Property(version => version.Title).HasMaxLength(TitleLength);
        builder.Property(version => version.Text).HasMaxLength(TextLength);
        builder.Property(version => version.SavedBy).HasMaxLength(256);
        builder.HasIndex(version => new { version.GuideId, version.Number }).IsUnique();
    }
}
