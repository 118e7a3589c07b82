using System.Runtime.InteropServices;

namespace ProxyPortal.Benchmarks.Load;

/// <summary>
/// Waits for many connections on one thread with poll(2). Asynchronous sockets would cost the client more processor
/// time a request than the bare server spends, and a saturated client makes every server look alike.
/// </summary>
internal sealed partial class Readiness
{
    private const short Readable = 1;
    private const int InterruptedCall = 4;

    private readonly Entry[] _entries;

    public Readiness(IReadOnlyList<Connection> connections) =>
        _entries = [.. connections.Select(connection => new Entry { Descriptor = connection.Descriptor, Asked = Readable })];

    public void Wait(TimeSpan limit)
    {
        int ready;
        do ready = Poll(_entries, (nuint)_entries.Length, (int)limit.TotalMilliseconds);
        while (ready < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);

        if (ready < 0) throw new IOException($"poll: {Marshal.GetLastPInvokeErrorMessage()}");
        if (ready == 0) throw new TimeoutException($"No answer on any connection for {limit.TotalSeconds:0} s.");
    }

    /// <summary>True for errors and hang-ups too: reading is what names them.</summary>
    public bool IsReady(int connection) => _entries[connection].Got != 0;

    /// <summary>poll(2) skips negative descriptors.</summary>
    public void Forget(int connection) => _entries[connection].Descriptor = -1;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll([In, Out] Entry[] entries, nuint count, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public int Descriptor;
        public short Asked;
        public short Got;
    }
}
