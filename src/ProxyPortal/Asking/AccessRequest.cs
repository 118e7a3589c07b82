using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Users;

namespace ProxyPortal.Asking;

/// <summary>What is asked for. Devices are asked for as devices.</summary>
public enum RequestKind
{
    /// <summary>An account.</summary>
    Access = 0,

    /// <summary>Membership of a group.</summary>
    Group = 1,
}

/// <summary>Stored: append only. That a request lapsed is said by the clock.</summary>
public enum RequestState
{
    /// <summary>From a mail address that nobody has proved yet: no approver sees it.</summary>
    Unconfirmed = 0,
    Waiting = 1,
    Accepted = 2,
    Declined = 3,
    Withdrawn = 4,
}

/// <summary>Somebody asks for something that another person decides.</summary>
public sealed class AccessRequest : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public RequestKind Kind { get; init; }

    public RequestState State { get; set; }

    /// <summary>Who asks; of a request for access the account that came of it.</summary>
    public Guid? UserId { get; set; }

    public User? User { get; init; }

    public Guid? GroupId { get; init; }

    public Group? Group { get; init; }

    /// <summary>Of somebody who has no account yet.</summary>
    public string? Mail { get; init; }

    public string? Name { get; set; }

    public string? Reason { get; set; }

    /// <summary>For how long; null = without end.</summary>
    public int? Days { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>When it lapses undecided, or unconfirmed.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>From where; with an IPv6 address the network of a household. Null for who is signed in.</summary>
    public string? Source { get; init; }

    public string? Language { get; init; }

    /// <summary>When the desk dealt with a request from outside; null while that waits.</summary>
    public DateTimeOffset? HandledAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public string? DecisionReason { get; set; }

    /// <summary>When a membership that was granted for a time ends; null once it has, and where it does not.</summary>
    public DateTimeOffset? MemberUntil { get; set; }

    public long Version { get; set; }
}

internal sealed class AccessRequestConfiguration : IEntityTypeConfiguration<AccessRequest>
{
    public const int TextLength = 500;
    public const int SourceLength = 64;

    public void Configure(EntityTypeBuilder<AccessRequest> builder)
    {
        builder.ToTable("access_requests");
        builder.Property(request => request.Mail).HasMaxLength(254);
        builder.Property(request => request.Name).HasMaxLength(UserConfiguration.DisplayNameLength);
        builder.Property(request => request.Reason).HasMaxLength(TextLength);
        builder.Property(request => request.Source).HasMaxLength(SourceLength);
        builder.Property(request => request.Language).HasMaxLength(8);
        builder.Property(request => request.DecidedBy).HasMaxLength(256);
        builder.Property(request => request.DecisionReason).HasMaxLength(TextLength);
        builder.HasIndex(request => new { request.State, request.AskedAt });
        builder.HasIndex(request => request.MemberUntil);
        builder.HasIndex(request => new { request.Source, request.AskedAt });
        builder.HasOne(request => request.User).WithMany().HasForeignKey(request => request.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(request => request.Group).WithMany().HasForeignKey(request => request.GroupId).OnDelete(DeleteBehavior.Cascade);
    }
}
