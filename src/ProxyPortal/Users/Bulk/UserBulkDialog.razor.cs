using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Users.Jobs;

namespace ProxyPortal.Users.Bulk;

/// <summary>Chooses what to do with many users, shows what it would do, and starts it.</summary>
public partial class UserBulkDialog
{
    private UserBulkAction _action = UserBulkAction.Suspend;
    private DateTimeOffset? _validUntil;
    private int? _days;
    private string? _group;
    private string? _tag;
    private UserBulkPreview? _preview;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>The users; null = all that match <see cref="Filter"/>.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Guid>? Ids { get; set; }

    [Parameter, EditorRequired]
    public UserQuery? Filter { get; set; }

    /// <summary>How many; null = more than were counted.</summary>
    [Parameter, EditorRequired]
    public int? Count { get; set; }

    /// <summary>Names of the groups to choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Groups { get; set; }

    /// <summary>Whether they lie in the bin.</summary>
    [Parameter, EditorRequired]
    public bool InBin { get; set; }

    [Parameter, EditorRequired]
    public required Func<Permission, bool> Allows { get; set; }

    [Inject]
    public required UserBulkService Bulk { get; init; }

    protected override bool SaysFaults => true;

    private string Users => Count is null ? "all users that match" : string.Create(CultureInfo.InvariantCulture, $"{Count:N0} {(Count == 1 ? "user" : "users")}");

    private IEnumerable<UserBulkAction> Offered => Enum.GetValues<UserBulkAction>()
        .Where(action => action is UserBulkAction.Restore == InBin && Allows(UserBulkWords.Of(action).Needs));

    private UserBulkRequest Request => new(_action) { Ids = Ids, Filter = Filter, ValidUntil = _validUntil, Days = _days, Group = _group, Tag = _tag };

    protected override void OnInitialized() => _action = Offered.First();

    private void Choose(ChangeEventArgs change) => Edit(() => _action = Enum.Parse<UserBulkAction>((string)change.Value!));

    // Another choice needs another preview.
    private void Edit(Action edit)
    {
        edit();
        (_preview, Fault) = (null, null);
    }

    private Task PreviewAsync() => SubmitAsync(async actor =>
    {
        Result<UserBulkPreview> preview = await Bulk.PreviewAsync(actor, Request, Gone);
        _preview = preview.Succeeded ? preview.Value : null;
        return preview.Error;
    });

    private Task StartAsync() => SubmitAsync(async actor =>
    {
        Result<UserJob> started = await Bulk.StartAsync(actor, Request with { Expected = _preview?.Total }, CancellationToken.None);
        _preview = null;
        if (started.Error is { } error)
            return error;
        Dialog.Close(DialogResult.Ok(started.Value.Id));
        return null;
    });

    private static string Explain(UserBulkAction action) => action switch
    {
        UserBulkAction.SetExpiry => "The access of each ends at the same time.",
        UserBulkAction.ShiftExpiry => "The end of each moves by so many days. Who has no end keeps none.",
        UserBulkAction.AddToGroup => "What the group allows and forbids holds for them from the next check on.",
        UserBulkAction.RemoveFromGroup => "The group's rules no longer hold for them. Who is in no group may use every endpoint.",
        UserBulkAction.MoveToGroup => "Into this group, and out of every other.",
        UserBulkAction.Suspend => $"Refused at the very next check; a proxy may remember an earlier acceptance for up to {SquidConfig.CredentialsTtlSeconds} seconds. Can be undone.",
        UserBulkAction.Resume => "Lets them through again.",
        UserBulkAction.RequireNewSecret => "The password opens the portal only, until its owner has chosen another there; the secrets of all devices are withdrawn and have to be issued anew. Can be undone.",
        UserBulkAction.AddTag => "A word to find them by.",
        UserBulkAction.RemoveTag => "Takes a word away.",
        UserBulkAction.Delete => "To the bin: refused at the very next check. Restoring brings everything back.",
        UserBulkAction.Restore => "Back from the bin, with devices and password.",
        _ => "",
    };
}
