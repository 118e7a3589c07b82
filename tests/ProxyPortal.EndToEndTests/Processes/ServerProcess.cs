using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProxyPortal.EndToEndTests.Processes;

/// <summary>A server started for a test: its output is kept, and it is ended by its process id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    public ServerProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Everything it wrote so far, stdout and stderr in the order of arrival.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Polling a foreign process needs a pause between two looks; nothing is asserted about its length.</summary>
    public static async Task NextMomentAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Moment);
        await timer.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>The first line of output that contains <paramref name="text"/>, as soon as there is one.</summary>
    public async Task<string> WaitForLineAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;
            ThrowIfEnded();
            await NextMomentAsync(cancellationToken);
        }
    }

    public void ThrowIfEnded()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}:\n{Output}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: there, and as good as away. Returns when its last thread stands still.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("STOP", cancellationToken);
        while (!Directory.GetDirectories($"/proc/{Id}/task").All(IsStopped))
            await NextMomentAsync(cancellationToken);
    }

    public Task ContinueAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string name, CancellationToken cancellationToken)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-s", name, $"{Id}"]))!;
        await kill.WaitForExitAsync(cancellationToken);
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"kill -s {name} ended with {kill.ExitCode}.");
    }

    private static bool IsStopped(string thread) => File.ReadLines(Path.Combine(thread, "status")).Any(line => line.StartsWith("State:\tT", StringComparison.Ordinal));

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
            _output.Enqueue(line.Data);
    }
}
