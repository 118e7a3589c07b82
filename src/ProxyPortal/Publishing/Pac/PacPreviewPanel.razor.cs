using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Publishing.Pac;

namespace ProxyPortal.Publishing.Pac;

/// <summary>A PAC file as it would be, and what it would do with an address.</summary>
public partial class PacPreviewPanel
{
    private const int LinesShown = 400;
    private string? _url;
    private Uri? _asked;
    private bool _isNone;
    private string _shown = "";
    private int _lines;
    private PacDocument? _read;

    [Parameter, EditorRequired]
    public required PacDocument Document { get; set; }

    /// <summary>The name of the file.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>How much of what was typed cannot be read.</summary>
    [Parameter]
    public int Problems { get; set; }

    private string Sentence => _lines > LinesShown ? string.Create(CultureInfo.InvariantCulture, $"The first {LinesShown} of {_lines:N0} lines.") : "As browsers will fetch it.";

    protected override void OnParametersSet()
    {
        if (_read == Document)
            return;
        _read = Document;
        string[] lines = Document.Content.TrimEnd('\n').Split('\n');
        (_lines, _shown) = (lines.Length, string.Join('\n', lines.Take(LinesShown)));
    }

    private void Ask()
    {
        _asked = string.IsNullOrWhiteSpace(_url) ? null : PacQuestion.Read(_url.Trim());
        _isNone = _asked is null && !string.IsNullOrWhiteSpace(_url);
    }
}
