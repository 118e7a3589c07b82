using System.Runtime.InteropServices;

namespace ProxyPortal.Verification;

/// <summary>.NET's <see cref="Thread.Priority"/> does nothing on Linux; the kernel takes a nice value for a single thread.</summary>
internal static partial class ThreadPriorityOnLinux
{
    private const int PrioProcess = 0;
    private const int CallingThread = 0;

    // Behind the threads that answer requests, but not at the bottom (19): there one busy neighbour process starves the hashing for
    // seconds, and every first sign-in of a user ends as "overloaded".
    private const int Lower = 10;

    /// <summary>Lets the threads that answer requests go first. Best effort: where it fails, hashing merely is a worse neighbour.</summary>
    public static void LowerCurrent()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(PrioProcess, CallingThread, Lower);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
