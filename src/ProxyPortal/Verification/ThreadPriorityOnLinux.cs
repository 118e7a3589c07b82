using System.Runtime.InteropServices;

namespace ProxyPortal.Verification;

/// <summary>.NET's <see cref="Thread.Priority"/> does nothing on Linux; the kernel takes a nice value for a single thread.</summary>
internal static partial class ThreadPriorityOnLinux
{
    private const int PrioProcess = 0;
    private const int CallingThread = 0;
    private const int Lowest = 19;

    /// <summary>Lets every other thread of the machine go first. Best effort: where it fails, hashing merely is a worse neighbour.</summary>
    public static void LowerCurrent()
    {
        if (OperatingSystem.IsLinux())
            _ = SetPriority(PrioProcess, CallingThread, Lowest);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
