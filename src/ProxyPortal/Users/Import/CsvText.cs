using System.Buffers;
using System.Text;

namespace ProxyPortal.Users.Import;

/// <summary>Writes CSV (RFC 4180) that no spreadsheet takes for formulas: a cell that begins like one gets an apostrophe in front (ASVS 1.2.10).</summary>
internal static class CsvText
{
    private const string FormulaStarts = "=+-@\t\r\n";
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n\t");

    public static void AppendRow(StringBuilder text, params ReadOnlySpan<string?> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            AppendCell(text, cells[i]);
        }
        text.Append("\r\n");
    }

    private static void AppendCell(StringBuilder text, string? cell)
    {
        if (string.IsNullOrEmpty(cell))
            return;
        // A space in front would hide the sign from us, and not from every spreadsheet.
        string safe = cell.TrimStart(' ') is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal) ? "'" + cell : cell;
        if (safe.AsSpan().IndexOfAny(Quoted) < 0)
            text.Append(safe);
        else
            text.Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
