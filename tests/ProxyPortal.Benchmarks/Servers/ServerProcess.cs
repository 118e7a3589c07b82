using System.Diagnostics;
using System.Net;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>A server under test: a process of its own on a core of its own, killed when the benchmark ends.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan QuietWindow = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _pidFile;
    private readonly string _logFile;

    private ServerProcess(ServerStart start, Process process, string pidFile, string logFile)
    {
        Start = start;
        _process = process;
        _pidFile = pidFile;
        _logFile = logFile;
    }

    public ServerStart Start { get; }

    public IPEndPoint Address => Start.Address;

    public bool HasExited => _process.HasExited;

    /// <summary>What the process wrote, to explain a failure.</summary>
    public string Log => File.Exists(_logFile) ? File.ReadAllText(_logFile) : "";

    /// <summary>User and system time of all threads, as /proc/PID/stat has it.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static ServerProcess Launch(ServerStart start, RunEnvironment environment)
    {
        var logFile = Path.Combine(environment.WorkDirectory, $"{start.Name}.log");
        var pidFile = Path.Combine(environment.WorkDirectory, $"{start.Name}.pid");

        // Through a shell that replaces itself: the log goes straight into a file instead of through a pipe that the
        // client's core would have to read, and the process id stays the server's own.
        var shell = new ProcessStartInfo("/bin/sh") { WorkingDirectory = start.WorkingDirectory };
        string[] line = ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", logFile, .. start.BesideClient ? [] : environment.ServerPrefix, .. start.Command];
        foreach (var word in line) shell.ArgumentList.Add(word);
        foreach (var (name, value) in start.Settings) shell.Environment[name] = value;

        var process = Process.Start(shell) ?? throw new InvalidOperationException($"{start.Name} did not start.");
        File.WriteAllText(pidFile, $"{process.Id}\n");
        return new ServerProcess(start, process, pidFile, logFile);
    }

    /// <summary>
    /// Waits until deferred work (events on their way to the database, collections) is done, so that one case does
    /// not pay for another. Gives up after a while: a server that never rests is part of what is measured.
    /// </summary>
    public async Task RestAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var before = ProcessorTime;
        while (Stopwatch.GetElapsedTime(started) < QuietLimit)
        {
            await Task.Delay(QuietWindow, cancellation);
            var now = ProcessorTime;
            if (now - before <= QuietWindow / 10) return;
            before = now;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_pidFile);
    }
}
