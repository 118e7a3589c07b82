using System.Runtime.InteropServices;

namespace ProxyPortal.SquidHelper.Memory;

/// <summary>256 bits of a keyed hash: what was asked, without holding it.</summary>
internal readonly record struct CacheKey(ulong A, ulong B, ulong C, ulong D)
{
    public static CacheKey From(ReadOnlySpan<byte> mac)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(mac);
        return new CacheKey(words[0], words[1], words[2], words[3]);
    }

    // The key of the hash is secret: nobody can aim for collisions, so any word of it will do.
    public override int GetHashCode() => (int)A;
}
