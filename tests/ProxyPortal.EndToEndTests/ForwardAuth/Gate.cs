using System.Diagnostics;
using ProxyPortal.EndToEndTests.Processes;

namespace ProxyPortal.EndToEndTests.ForwardAuth;

/// <summary>A real proxy that asks the portal before it lets anyone pass: its processes, and a folder of its own for their files.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServerProcess> _processes = [];

    /// <summary>Where its users arrive.</summary>
    public int Port { get; } = Loopback.FreePort();

    public string Folder => _folder.Path;

    public string Output => string.Join('\n', _processes.Select(process => process.Output));

    public bool HasEnded => _processes.Any(process => process.HasEnded);

    /// <summary>Writes a file of this proxy; returns where it lies.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    /// <summary>Starts a process of this proxy.</summary>
    public ServerProcess Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // Some of them keep state in the home folder.
        start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = Folder;
        var process = new ServerProcess(start);
        _processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServerProcess process in _processes)
            await process.DisposeAsync();
        _folder.Dispose();
    }
}
