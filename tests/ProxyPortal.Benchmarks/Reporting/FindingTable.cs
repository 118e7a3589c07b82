namespace ProxyPortal.Benchmarks.Reporting;

/// <summary>Aims beside what was reached.</summary>
internal static class FindingTable
{
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return;
        output.WriteLine();
        output.WriteLine($"{"what",-86} {"aim",-18} {"measured",-26} ");
        foreach (var line in findings)
            output.WriteLine($"{line.What,-86} {line.Aim,-18} {line.Measured ?? "not measured",-26} {Word(line.IsMet)}".TrimEnd());
    }

    private static string Word(bool? met) => met switch
    {
        true => "met",
        false => "NOT MET",
        null => "",
    };
}
