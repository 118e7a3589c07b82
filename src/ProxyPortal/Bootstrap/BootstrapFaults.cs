using System.Globalization;

namespace ProxyPortal.Bootstrap;

/// <summary>Everything that is wrong with a bootstrap file, by JSON path: people mend all of it in one go.</summary>
internal sealed class BootstrapFaults
{
    private const int MostShown = 100;
    private readonly List<string> _faults = [];

    public bool Any => _faults.Count > 0;

    public IReadOnlyList<string> All => _faults;

    public void Add(string path, string message) => _faults.Add($"{path}: {message}");

    public string Describe(string file) => string.Join(Environment.NewLine, [
        string.Create(CultureInfo.InvariantCulture, $"{file} has {_faults.Count} {(_faults.Count == 1 ? "fault" : "faults")}. Nothing was changed."),
        .. _faults.Take(MostShown),
        .. _faults.Count > MostShown ? [string.Create(CultureInfo.InvariantCulture, $"… and {_faults.Count - MostShown} more.")] : Array.Empty<string>()]);
}
