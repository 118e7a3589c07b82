using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Guides;

/// <summary>The fields of a guide. Rules are the service's; what it refuses is said at the field, and what keeps the text from being published is said while it is typed.</summary>
public partial class GuideForm
{
    public const string FormId = "guide-form";
    public const string TextId = "guide-text";
    private const int MostProblems = 10;
    private static readonly string[] Fields = ["title", "text", "visibility", "position"];
    private GuideDraft? _draft;
    private string _shown = "";
    private int _generation;

    [Parameter, EditorRequired]
    public required GuideDraft Draft { get; set; }

    /// <summary>What can be named.</summary>
    [Parameter, EditorRequired]
    public required GuideValues Values { get; set; }

    [Parameter, EditorRequired]
    public required string Language { get; set; }

    /// <summary>What the form is for: "Edit first-steps".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public Error? Fault { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    /// <summary>The text is another one than before.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnTyped { get; set; }

    private IReadOnlyList<string> Problems => [.. GuideProblems.Of(Draft.Text, Values)];

    protected override void OnParametersSet()
    {
        if (_draft == Draft)
            return;
        (_draft, _shown) = (Draft, Draft.Text);
        _generation++;
    }

    private Task OnText(ChangeEventArgs change)
    {
        Draft.Text = (change.Value as string ?? "").ReplaceLineEndings("\n");
        return OnTyped.InvokeAsync();
    }
}
