using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ProxyPortal.Account.Passwords;

/// <summary>Somebody asked for a reset. All that the request itself does is to add this row, whatever was typed; who is meant is found out afterwards.</summary>
public sealed class PasswordResetRequest
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What was typed; gone once handled, because people type passwords into the wrong field.</summary>
    public string? Typed { get; set; }

    /// <summary>From where; with an IPv6 address the network of a household.</summary>
    public required string Source { get; init; }

    /// <summary>The language that the browser speaks.</summary>
    public string? Language { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Kept for an hour more, to count by.</summary>
    public DateTimeOffset? HandledAt { get; set; }
}

internal sealed class PasswordResetRequestConfiguration : IEntityTypeConfiguration<PasswordResetRequest>
{
    public const int TypedLength = 254;

    public void Configure(EntityTypeBuilder<PasswordResetRequest> builder)
    {
        builder.ToTable("password_reset_requests");
        builder.Property(request => request.Typed).HasMaxLength(TypedLength);
        builder.Property(request => request.Source).HasMaxLength(64);
        builder.Property(request => request.Language).HasMaxLength(8);
        builder.Property(request => request.HandledAt).IsConcurrencyToken();
        builder.HasIndex(request => new { request.Source, request.AskedAt });
        builder.HasIndex(request => request.AskedAt);
    }
}
