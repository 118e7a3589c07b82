using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Pac;

/// <summary>The fields of a PAC profile, new or not, in the order in which the file decides. Rules are the service's; what is wrong is said at the field while one types.</summary>
public partial class PacProfileForm
{
    /// <summary>A longer list came by the API, and goes by it.</summary>
    public const int LongestList = CircuitMessage.LongestText;

    [Parameter, EditorRequired]
    public required PacProfileDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PacChoice> Choices { get; set; }

    /// <summary>What the form is for: "Edit branch".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Error> Errors { get; set; }

    /// <summary>What the service refused without naming a field.</summary>
    [Parameter]
    public string? Refusal { get; set; }

    [Parameter]
    public bool MayEdit { get; set; } = true;

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public required string SubmitLabel { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    /// <summary>Something was typed or chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    /// <summary>How to leave without saving.</summary>
    [Parameter]
    public RenderFragment? Cancel { get; set; }

    /// <summary>Whether a list can be typed at all: a change of a longer one would not fit into a message of the circuit.</summary>
    internal static bool IsTooLong(string? list) => list?.Length > LongestList;

    internal static string HintOf(string usual, string? list) => IsTooLong(list) ? $"With more than {LongestList} characters it can only be changed by the API." : usual;

    private Task AddAsync()
    {
        Draft.Routes.Add(new PacRouteDraft([]));
        return OnChanged.InvokeAsync();
    }

    private Task RemoveAsync(PacRouteDraft route)
    {
        Draft.Routes.Remove(route);
        return OnChanged.InvokeAsync();
    }

    private Task MoveAsync(PacRouteDraft route, int by)
    {
        int to = Draft.Routes.IndexOf(route) + by;
        if (to < 0 || to >= Draft.Routes.Count)
            return Task.CompletedTask;
        Draft.Routes.Remove(route);
        Draft.Routes.Insert(to, route);
        return OnChanged.InvokeAsync();
    }
}
