using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Users;

namespace ProxyPortal.HelpDesk;

/// <summary>A code by which a caller proves to read the mail of an account. Only a keyed digest is kept.</summary>
public sealed class CallerCode
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose mail it went to.</summary>
    public Guid UserId { get; init; }

    /// <summary>Who had it sent, and may check it.</summary>
    public Guid IssuedBy { get; init; }

    public required byte[] Digest { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How often it was tried. Guards itself: of tries at once each is counted.</summary>
    public int Tries { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class CallerCodeConfiguration : IEntityTypeConfiguration<CallerCode>
{
    public void Configure(EntityTypeBuilder<CallerCode> builder)
    {
        builder.ToTable("caller_codes");
        builder.Property(code => code.Digest).HasMaxLength(32);
        builder.Property(code => code.Tries).IsConcurrencyToken();
        builder.HasIndex(code => new { code.UserId, code.CreatedAt });
        builder.HasOne<User>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
