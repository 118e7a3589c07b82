using ProxyPortal.Benchmarks.Load;

namespace ProxyPortal.Benchmarks.Cases;

/// <summary>What is cold can be used once only: half a share goes to the rehearsal, a whole one to each round.</summary>
internal static class ColdShares
{
    public static ReadOnlyMemory<PreparedRequest> Rehearsal(PreparedRequest[] pool, int rounds) => pool.AsMemory(0, Half(pool, rounds));

    public static ReadOnlyMemory<PreparedRequest> Round(PreparedRequest[] pool, int round, int rounds)
    {
        var half = Half(pool, rounds);
        return pool.AsMemory(half + 2 * half * round, 2 * half);
    }

    private static int Half(PreparedRequest[] pool, int rounds) => pool.Length / (2 * rounds + 1);
}
