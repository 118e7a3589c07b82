using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Guides;

/// <summary>What differs between two versions, line by line.</summary>
public partial class GuideDiffPanel
{
    private IReadOnlyList<GuideDiffLine?> _lines = [];
    private string? _olderTitle;
    private string? _newerTitle;
    private (int Older, int Newer)? _read;

    [Parameter, EditorRequired]
    public required GuideDetail Guide { get; set; }

    /// <summary>0 = nothing, before the first version.</summary>
    [Parameter, EditorRequired]
    public int Older { get; set; }

    [Parameter, EditorRequired]
    public int Newer { get; set; }

    [Inject]
    public required GuideService Guides { get; init; }

    protected override Task OnParametersSetAsync() => _read == (Older, Newer) ? Task.CompletedTask : ReloadAsync();

    private static string Class(GuideDiffLine line) => line.Change switch
    {
        GuideLineChange.Added => "added",
        GuideLineChange.Removed => "removed",
        GuideLineChange.Kept => "",
    };

    private static string Mark(GuideDiffLine line) => line.Change switch
    {
        GuideLineChange.Added => "+",
        GuideLineChange.Removed => "−",
        GuideLineChange.Kept => "",
    };

    private static string Say(GuideDiffLine line) => line.Change switch
    {
        GuideLineChange.Added => " added: ",
        GuideLineChange.Removed => " removed: ",
        GuideLineChange.Kept => "",
    };

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        _read = (Older, Newer);
        Result<GuideVersionText> newer = await Guides.GetVersionAsync(actor, Guide.Slug, Guide.Language, Newer, Gone);
        Result<GuideVersionText> older = Older < 1 ? new GuideVersionText(0, newer.Succeeded ? newer.Value.Title : "", "") : await Guides.GetVersionAsync(actor, Guide.Slug, Guide.Language, Older, Gone);
        if ((newer.Error ?? older.Error) is { } error)
            return error;
        (_olderTitle, _newerTitle) = (older.Value.Title, newer.Value.Title);
        _lines = GuideDiff.Between(older.Value.Text, newer.Value.Text);
        return null;
    });
}
