using System.Collections.Concurrent;

namespace ProxyPortal.SquidHelper;

/// <summary>Squid's cache.log is our only voice. Each line stands alone and says what to do; a cause that repeats, and under load
/// every request repeats it, is told once in <see cref="Quiet"/> with the number of times it was left out.</summary>
internal sealed class Stderr(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    // Causes hold messages of the system's; should one of them vary with every request, it does not fill the memory.
    private const int MaxCauses = 64;

    private readonly ConcurrentDictionary<string, Cause> _causes = new(StringComparer.Ordinal);

    /// <summary>The reason why the helper does not start. Returns the exit code for it.</summary>
    public static int Refuse(string reason)
    {
        Write(reason);
        return 2;
    }

    public static void Write(string line)
    {
        char[] oneLine = [.. line.Select(c => char.IsControl(c) ? ' ' : c)];
        Console.Error.WriteLine($"proxyportal-squid-helper: {new string(oneLine)}");
    }

    /// <summary>Tells <paramref name="line"/> unless the same <paramref name="cause"/> was told a moment ago.</summary>
    public void Complain(string cause, string line)
    {
        if (_causes.Count >= MaxCauses && !_causes.ContainsKey(cause))
            cause = "others";
        Cause state = _causes.GetOrAdd(cause, static _ => new Cause());
        lock (state)
        {
            if (state.ToldAt is long told && time.GetElapsedTime(told) < Quiet)
            {
                state.LeftOut++;
                return;
            }

            Write(state.LeftOut == 0 ? line : $"{line} ({state.LeftOut} more since the last such line)");
            state.ToldAt = time.GetTimestamp();
            state.LeftOut = 0;
        }
    }

    private sealed class Cause
    {
        public long? ToldAt { get; set; }

        public int LeftOut { get; set; }
    }
}
