using System.Globalization;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Words and strings in quotes.</summary>
internal static class Words
{
    /// <summary>The word of a POSIX shell at <paramref name="start"/>, which is no blank.</summary>
    internal static (Literal Value, int End) Shell(string source, int start, int end)
    {
        var word = new Literal(start);
        char quote = '\0';
        int i = start;
        for (; i < end; i++)
        {
            char c = source[i];
            if (quote == '\0' && (char.IsWhiteSpace(c) || c is ';' or '&' or '|'))
                break;
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'' && quote == '\0')
                quote = c;
            else if (c == '\\' && quote != '\'' && i + 1 < end && (quote == '\0' || source[i + 1] is '"' or '\\' or '$' or '`'))
                word.Add(source[i + 1], i++, i + 1);
            else
                word.Add(c, i, i + 1);
        }
        return (word, i);
    }

    /// <summary>A string in quotes with backslashes (and JSON's <c>\uXXXX</c>) that starts with its quote at <paramref name="start"/>.</summary>
    internal static (Literal Value, int End) Quoted(string source, int start, int end)
    {
        char quote = source[start];
        var value = new Literal(start + 1);
        for (int i = start + 1; i < end; i++)
        {
            if (source[i] == quote)
                return (value, i + 1);
            if (source[i] != '\\' || i + 1 >= end)
                value.Add(source[i], i, i + 1);
            else if (Unicode(source, i, end) is char c)
            {
                value.Add(c, i, i + 6);
                i += 5;
            }
            else
            {
                value.Add(source[i + 1], i, i + 2);
                i++;
            }
        }
        return (value, end);
    }

    /// <summary>A string of PowerShell: in single quotes only the quote is special, and doubled.</summary>
    internal static (Literal Value, int End) PowerShell(string source, int start, int end)
    {
        if (source[start] is not ('\'' or '"'))
            return Shell(source, start, end);
        char quote = source[start];
        var value = new Literal(start + 1);
        for (int i = start + 1; i < end; i++)
        {
            if (source[i] == quote && (i + 1 >= end || source[i + 1] != quote))
                return (value, i + 1);
            int length = source[i] == quote || quote == '"' && source[i] == '`' && i + 1 < end ? 2 : 1;
            value.Add(source[i + length - 1], i, i + length);
            i += length - 1;
        }
        return (value, end);
    }

    /// <summary>The words of a command, blanks and separators left out.</summary>
    internal static List<(Literal Value, int Start, int End)> Command(SourceLine line)
    {
        var words = new List<(Literal, int, int)>();
        for (int i = line.Start; i < line.End;)
        {
            if (char.IsWhiteSpace(line.Source[i]) || line.Source[i] is ';' or '&' or '|')
            {
                i++;
                continue;
            }
            (Literal word, int end) = Shell(line.Source, i, line.End);
            words.Add((word, i, end));
            i = end;
        }
        return words;
    }

    /// <summary>The character that <c>\uXXXX</c> at <paramref name="at"/> stands for.</summary>
    internal static char? Unicode(string source, int at, int end) =>
        at + 6 <= end && source[at + 1] == 'u'
        && ushort.TryParse(source.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) ? (char)code : null;
}
