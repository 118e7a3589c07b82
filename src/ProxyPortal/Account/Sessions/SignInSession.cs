using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Sessions;

/// <summary>How far a sign-in has come.</summary>
public enum SignInStage
{
    /// <summary>The password was proved, a second factor is still owed: for every page but those that take it, nobody is signed in.</summary>
    Pending = 0,
    Full = 1,
}

/// <summary>One signed-in browser. Its cookie holds only a random key; who that is, and whether still, is read from here on every
/// request, so that a session ends the moment its row does. Only the key's SHA-256 is kept.</summary>
public sealed class SignInSession
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid UserId { get; init; }

    public required byte[] KeyDigest { get; init; }

    public SignInStage Stage { get; init; }

    /// <summary>Whether a second factor, or a passkey, was proved.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>The account's stamp at sign-in: whoever changes the stamp ends the session.</summary>
    public required string SecurityStamp { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person last proved to be the owner; touching credentials asks for a recent proof.</summary>
    public DateTimeOffset ProvedAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; init; }

    public string? Address { get; init; }

    /// <summary>What the browser calls itself: a hint for people, never a check.</summary>
    public string? Browser { get; init; }
}

internal sealed class SignInSessionConfiguration : IEntityTypeConfiguration<SignInSession>
{
    public const int BrowserLength = 200;

    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.Property(session => session.KeyDigest).HasMaxLength(32);
        builder.Property(session => session.SecurityStamp).HasMaxLength(64);
        builder.Property(session => session.Address).HasMaxLength(45);
        builder.Property(session => session.Browser).HasMaxLength(BrowserLength);
        builder.HasIndex(session => session.KeyDigest).IsUnique();
        builder.HasIndex(session => session.ExpiresAt);
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
