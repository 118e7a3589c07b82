using System.Text.Json;

namespace ProxyPortal.Benchmarks.Reporting;

/// <summary>The numbers for programs.</summary>
internal static class JsonReport
{
    public static void Write(FileInfo file, Report report)
    {
        using var stream = file.Create();
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var line in report.Cases)
        {
            json.WriteStartObject();
            json.WriteString("case", line.Case);
            json.WriteNumber("rps", Math.Round(line.Rps, 1));
            json.WriteNumber("p50Ms", Math.Round(line.P50Ms, 4));
            json.WriteNumber("p99Ms", Math.Round(line.P99Ms, 4));
            json.WriteNumber("ratio", Math.Round(line.Ratio, 5));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
