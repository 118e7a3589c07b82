using System.Diagnostics;
using ProxyPortal.Benchmarks.Running;

namespace ProxyPortal.Benchmarks.Helper;

/// <summary>A helper with its two pipes. It ends when its input does, so nothing has to clean up after a killed run.</summary>
internal sealed class HelperProcess : IDisposable
{
    private readonly Process _process;

    public HelperProcess(HelperCase one, RunEnvironment environment)
    {
        string[] line = [.. one.BesideClient ? [] : environment.ServerPrefix, .. one.Command];
        _process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Input = _process.StandardInput.BaseStream;
        Output = _process.StandardOutput.BaseStream;
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
