using System.Text;

namespace ProxyPortal.Users.Import;

/// <summary>One row of a CSV file.</summary>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Cells">As they stand there.</param>
/// <param name="Fault">What is wrong with its form; its cells mean nothing then.</param>
internal readonly record struct CsvRow(int Line, IReadOnlyList<string> Cells, string? Fault = null);

/// <summary>
/// Reads CSV (RFC 4180), strictly, a row at a time: lines end by CR, LF or both, empty ones are left out. Ours rather than a library's because a quote
/// that is never closed has to be said at the row that opens it, and a row that is too long must cost no memory.
/// </summary>
internal sealed class CsvReader(string text, char separator)
{
    public const int LongestRow = 64 * 1024;
    private readonly StringBuilder _cell = new();
    private int _at;
    private int _line = 1;

    /// <summary>The separator that the first line uses: comma, semicolon or tab.</summary>
    public static char SeparatorOf(string text)
    {
        ReadOnlySpan<char> first = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length);
        return first.Contains(',') ? ',' : first.Contains(';') ? ';' : first.Contains('\t') ? '\t' : ',';
    }

    public CsvRow? Read()
    {
        SkipEmptyLines();
        if (_at >= text.Length)
            return null;
        (int line, int start) = (_line, _at);
        List<string> cells = [];
        while (true)
        {
            if (ReadCell() is { } fault)
                return new CsvRow(line, [], fault);
            if (_at - start > LongestRow)
            {
                SkipLine();
                return new CsvRow(line, [], $"Is longer than {LongestRow / 1024} KB, which is the most.");
            }
            cells.Add(_cell.ToString());
            if (_at >= text.Length || EndLine())
                return new CsvRow(line, cells);
            _at++;
        }
    }

    // Leaves the place at the separator, at the end of the line, or at the end.
    private string? ReadCell()
    {
        _cell.Clear();
        if (_at < text.Length && text[_at] == '"')
            return ReadQuoted();
        int end = text.AsSpan(_at).IndexOfAny([separator, '\r', '\n', '"']) is >= 0 and var length ? _at + length : text.Length;
        if (end < text.Length && text[end] == '"')
        {
            SkipLine();
            return "Has a quotation mark inside of a cell that does not begin with one.";
        }
        // No more than anyone would take: the rest is counted, not copied.
        _cell.Append(text.AsSpan(_at, Math.Min(end - _at, LongestRow)));
        _at = end;
        return null;
    }

    private string? ReadQuoted()
    {
        int opened = _line;
        for (_at++; _at < text.Length; _at++)
        {
            char c = text[_at];
            if (c == '"')
            {
                _at++;
                if (_at >= text.Length || text[_at] == separator || text[_at] is '\r' or '\n')
                    return null;
                if (text[_at] != '"')
                {
                    SkipLine();
                    return "Has text behind a closing quotation mark.";
                }
            }
            else if (c == '\n' || (c == '\r' && (_at + 1 >= text.Length || text[_at + 1] != '\n')))
            {
                _line++;
            }
            if (_cell.Length < LongestRow)
                _cell.Append(text[_at]);
        }
        return $"Opens a quotation mark in line {opened} that is never closed.";
    }

    private void SkipEmptyLines()
    {
        while (_at < text.Length && EndLine())
        {
            // Nothing stands in it.
        }
    }

    private void SkipLine()
    {
        _at = text.AsSpan(_at).IndexOfAny('\r', '\n') is >= 0 and var length ? _at + length : text.Length;
        EndLine();
    }

    private bool EndLine()
    {
        if (_at >= text.Length || text[_at] is not ('\r' or '\n'))
            return false;
        if (text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n')
            _at++;
        _at++;
        _line++;
        return true;
    }
}
