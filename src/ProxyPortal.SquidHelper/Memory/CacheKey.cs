using System.Runtime.InteropServices;

namespace ProxyPortal.SquidHelper.Memory;

/// <summary>128 bits of a keyed hash: what was asked, without holding it. Among a million questions two are alike once in 10^26.</summary>
internal readonly record struct CacheKey(ulong A, ulong B)
{
    public static CacheKey From(ReadOnlySpan<byte> mac)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(mac);
        return new CacheKey(words[0], words[1]);
    }

    // The key of the hash is secret: nobody can aim for collisions, so any word of it will do.
    public override int GetHashCode() => (int)A;
}
