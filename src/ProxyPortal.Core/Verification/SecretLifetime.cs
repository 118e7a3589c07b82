using System.Buffers.Binary;

namespace ProxyPortal.Core.Verification;

/// <summary>How long a secret may be used under one policy. Pure, and free of allocation: it is asked at every verification.</summary>
/// <param name="MaxAge">Ticks from its issue to its end.</param>
public sealed record SecretLifetime(long MaxAge)
{
    private const int GuidBytes = 16;
    private static readonly long LatestEnd = DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay * 366;

    /// <summary>Ticks for which it goes on working after its end.</summary>
    public long Grace { get; init; }

    /// <summary>It ends up to so many days earlier, each secret on a day of its own, so that not all end at once.</summary>
    public int JitterDays { get; init; }

    /// <summary>Days on which nothing ends; null = it ends on any day.</summary>
    public DaysOff? Spared { get; init; }

    /// <summary>When the secret is refused from, UTC ticks.</summary>
    /// <param name="issuedAt">When it was issued, UTC ticks.</param>
    /// <param name="owner">The device or user that it belongs to: with the time of issue it draws the day, the same on every node and after every restart.</param>
    public long EndOf(long issuedAt, in Guid owner)
    {
        if (MaxAge > LatestEnd - issuedAt - Grace)
            return long.MaxValue;
        long end = issuedAt + MaxAge + Grace;
        if (JitterDays > 0)
            end -= DrawDays(issuedAt, owner) * TimeSpan.TicksPerDay;
        return Spared is null ? end : Spared.NextWorkingTime(end);
    }

    // The finaliser of SplitMix64: neighbouring times of issue land on days that have nothing to do with each other.
    private long DrawDays(long issuedAt, in Guid owner)
    {
        Span<byte> bytes = stackalloc byte[GuidBytes];
        owner.TryWriteBytes(bytes);
        ulong mixed = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ (ulong)issuedAt;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return (long)(mixed % (ulong)(JitterDays + 1));
    }
}
