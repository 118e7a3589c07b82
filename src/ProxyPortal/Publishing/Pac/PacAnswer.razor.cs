using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Publishing.Pac;

namespace ProxyPortal.Publishing.Pac;

/// <summary>What a PAC file does with an address, and the line of it that decides.</summary>
public partial class PacAnswer
{
    private PacDecision _decision = null!;
    private string _line = "";

    [Parameter, EditorRequired]
    public required PacDocument Document { get; set; }

    [Parameter, EditorRequired]
    public required Uri Url { get; set; }

    protected override void OnParametersSet()
    {
        _decision = Document.Decide(Url);
        _line = Document.Content.Split('\n')[_decision.Line - 1].Trim();
    }
}
