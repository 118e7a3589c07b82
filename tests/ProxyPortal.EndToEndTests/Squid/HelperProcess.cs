using System.Diagnostics;
using System.Text;
using Xunit;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>A running helper, driven over its pipes as Squid does it.</summary>
internal sealed class HelperProcess : IAsyncDisposable
{
    public const string CallerKey = "caller-key-of-this-test-0123456789abcdef";

    /// <summary>Not a measurement: what hangs for so long will not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly UTF8Encoding Utf8 = new(false);
    private readonly Process _process;
    private readonly StringBuilder _stderr = new();
    private readonly SemaphoreSlim _stderrGrew = new(0);
    private readonly Task _stderrEnd;
    private readonly string _keyFile;

    private HelperProcess(Process process, string keyFile)
    {
        _process = process;
        _keyFile = keyFile;
        _stderrEnd = CollectStderrAsync();
    }

    public string Stderr
    {
        get
        {
            lock (_stderr)
                return _stderr.ToString();
        }
    }

    public int Id => _process.Id;

    public long ResidentKiB => StatusKiB("VmRSS:");

    /// <summary>The most that was ever resident.</summary>
    public long PeakKiB => StatusKiB("VmHWM:");

    /// <summary>Starts <c>basic</c> with a key file of its own, unless <paramref name="arguments"/> name one or a Unix socket.</summary>
    public static HelperProcess Start(HelperBinary binary, params string[] arguments) => Start(binary, new Dictionary<string, string>(), ["basic", .. arguments]);

    /// <summary>The same for any subcommand, the first of <paramref name="arguments"/>, with more in its environment.</summary>
    public static HelperProcess Start(HelperBinary binary, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string keyFile = WriteKeyFile(CallerKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ProcessStartInfo start = new(binary.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        if (!arguments.Any(argument => argument == "--key-file" || argument.StartsWith("unix:", StringComparison.Ordinal)))
        {
            start.ArgumentList.Add("--key-file");
            start.ArgumentList.Add(keyFile);
        }

        // Passwords must not take a way that the environment suggests.
        start.Environment["http_proxy"] = start.Environment["HTTPS_PROXY"] = start.Environment["ALL_PROXY"] = "http://127.0.0.1:9";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return new HelperProcess(Process.Start(start)!, keyFile);
    }

    public static string WriteKeyFile(string content, UnixFileMode mode)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
        return path;
    }

    public async Task SendAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _process.StandardInput.BaseStream.WriteAsync(bytes);
        await _process.StandardInput.BaseStream.FlushAsync();
    }

    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException($"The helper ended its output. {Stderr}");

    public async Task<string> AskAsync(string line)
    {
        await SendAsync(line + "\n");
        return await ReadLineAsync();
    }

    public async Task WaitForStderrAsync(string text)
    {
        while (!Stderr.Contains(text, StringComparison.Ordinal))
            Assert.True(await _stderrGrew.WaitAsync(Patience), $"Waited in vain for '{text}' on stderr. {Stderr}");
    }

    /// <summary>Closes the input; gives the exit code and what is left of the output.</summary>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        _process.StandardInput.Close();
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _stderrEnd.WaitAsync(Patience);
        return (_process.ExitCode, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _stderrEnd;
        _process.Dispose();
        _stderrGrew.Dispose();
        File.Delete(_keyFile);
        Assert.DoesNotContain(CallerKey, Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", Stderr, StringComparison.Ordinal);
        Assert.All(Stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("proxyportal-squid-helper: ", line, StringComparison.Ordinal));
    }

    private long StatusKiB(string field) =>
        long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..^2], null);

    private async Task CollectStderrAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_stderr)
                _stderr.Append(line).Append('\n');
            _stderrGrew.Release();
        }
    }
}
