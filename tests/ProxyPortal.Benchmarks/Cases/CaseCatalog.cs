namespace ProxyPortal.Benchmarks.Cases;

/// <summary>The cases by name, in the order in which they are shown.</summary>
internal static class CaseCatalog
{
    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        new BareCase(BareCase.Reference),
        new HotCase(),
        new DeviceColdCase(),
        new PasswordColdCase(),
    ];

    /// <summary>The named cases; the bare one always among them, because the others are compared with it.</summary>
    public static IReadOnlyList<BenchmarkCase> Choose(IReadOnlyCollection<string> names, bool selfCheck)
    {
        List<BenchmarkCase> chosen = [.. All.Where(one => names.Count == 0 || one.Name == BareCase.Reference || names.Contains(one.Name))];
        if (selfCheck) chosen.Insert(1, new BareCase(BareCase.Again));
        return chosen;
    }
}
