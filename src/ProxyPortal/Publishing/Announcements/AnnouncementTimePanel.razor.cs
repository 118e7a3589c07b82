using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>What may be changed of an announcement: its time, its comment, and whether it is carried out by itself.</summary>
public partial class AnnouncementTimePanel
{
    private AnnouncementDraft? _draft;
    private long _version;
    private AnnouncementDetail? _newer;

    [Parameter, EditorRequired]
    public required AnnouncementDetail Row { get; set; }

    [Parameter, EditorRequired]
    public bool MayEdit { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required AnnouncementService Announcements { get; init; }

    protected override bool SaysFaults => true;

    protected override void OnParametersSet()
    {
        // Somebody has carried it out meanwhile.
        if (!MayEdit)
            Discard();
    }

    private static IEnumerable<EditDifference> Differences(AnnouncementDetail theirs, AnnouncementDraft mine)
    {
        EditDifference[] all =
        [
            new("When the old way ends", Say(theirs.EffectiveAt), Say(mine.EffectiveAt)),
            new("Comment", theirs.Comment, mine.Comment),
            new("By itself", theirs.RetiresByItself ? "Yes" : "No", mine.RetiresByItself ? "Yes" : "No"),
        ];
        return all.Where(row => row.Theirs != row.Mine);
    }

    private static string? Say(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private void Edit() => (_draft, _version, _newer, Fault) = (AnnouncementDraft.Of(Row), Row.Version, null, null);

    private void Discard() => (_draft, _newer, Fault) = (null, null, null);

    private Task SaveAsync() => _draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result saved = await Announcements.ChangeAsync(actor, Row.Id, draft.ToInput(), _version, CancellationToken.None);
        if (saved.Error == AnnouncementService.Conflict)
        {
            await OnChanged.InvokeAsync();
            _newer = Row;
            return null;
        }
        if (saved.Error is { } fault)
            return fault;
        Discard();
        Notifier.Done("The announcement is saved");
        await OnChanged.InvokeAsync();
        return null;
    });

    private Task KeepMineAsync()
    {
        // A second click that was already on its way finds the question answered.
        if (_newer is not { } newer)
            return Task.CompletedTask;
        (_version, _newer) = (newer.Version, null);
        return SaveAsync();
    }
}
