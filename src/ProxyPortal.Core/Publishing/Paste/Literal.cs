using System.Text;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>A value as its client reads it, with the way back: for every character the place in the pasted text it came from. So a value is taken
/// apart without its quotes and escapes, and corrected among them.</summary>
internal sealed class Literal(int start, Func<string, string>? escape = null)
{
    private readonly StringBuilder _builder = new();
    private readonly List<(int Start, int End)> _places = [];
    private string? _text;

    internal string Text => _text ??= _builder.ToString();

    internal int Start => start;

    internal int End => EndOf(_places.Count);

    /// <summary>The characters from <paramref name="start"/> to <paramref name="end"/> as they stand.</summary>
    internal static Literal Plain(string source, int start, int end, Func<string, string>? escape = null)
    {
        var literal = new Literal(start, escape);
        for (int i = start; i < end; i++)
            literal.Add(source[i], i, i + 1);
        return literal;
    }

    internal void Add(char c, int from, int to)
    {
        _builder.Append(c);
        _places.Add((from, to));
    }

    /// <summary>The characters from <paramref name="from"/> to <paramref name="to"/> as a value of their own.</summary>
    internal Literal Slice(int from, int to)
    {
        var slice = new Literal(StartOf(from), escape);
        for (int i = from; i < to; i++)
            slice.Add(Text[i], _places[i].Start, _places[i].End);
        return slice;
    }

    internal int StartOf(int index) => index < _places.Count ? _places[index].Start : End;

    /// <summary>Where the first <paramref name="length"/> characters end.</summary>
    internal int EndOf(int length) => length == 0 ? (_places.Count > 0 ? _places[0].Start : start) : _places[length - 1].End;

    /// <summary>Puts <paramref name="text"/> in the place of some characters. Quotes that open or close among them stay where they are.</summary>
    internal IReadOnlyList<PasteEdit> Replace(int from, int to, string text)
    {
        text = escape is null ? text : escape(text);
        if (from == to)
            return [PasteEdit.Insert(StartOf(from), text)];
        var edits = new List<PasteEdit>(1);
        for (int i = from, run = from; i < to; i++)
        {
            if (i + 1 < to && _places[i].End == _places[i + 1].Start)
                continue;
            edits.Add(new(_places[run].Start, _places[i].End, run == from ? text : ""));
            run = i + 1;
        }
        return edits;
    }
}
