using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.ExpiryPolicies.Impact;

namespace ProxyPortal.Groups;

/// <summary>One group: what it rules, and who is in it.</summary>
public partial class GroupPage
{
    private GroupDetail? _group;
    private GroupDraft? _draft;
    private GroupDetail? _newer;
    private GroupChoices _choices = GroupChoices.None;
    private long _draftVersion;
    private int _reads;
    private ImpactReport? _impact;
    private int _impactPage;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? PageSize { get; set; }

    [Inject]
    public required GroupService Groups { get; init; }

    [Inject]
    public required ImpactService Impacts { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    protected override bool SaysFaults => true;

    private bool MayEdit => May(Permission.EditGroups);

    protected override Task OnParametersSetAsync()
    {
        if (_group?.Id == Id)
            return Task.CompletedTask;
        _group = null;
        Discard();
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<GroupDetail> found = await Groups.GetAsync(actor, Id, Gone);
        Result<GroupChoices> choices = found.Succeeded ? await Groups.ChoicesAsync(actor, Gone) : found.Error!;
        if (choices.Error is { } error)
            return error;
        (_group, _choices) = (found.Value, choices.Value);
        _reads++;
        return null;
    });

    private void Edit() => (_draft, _draftVersion, _newer, Fault, _impact) = (GroupDraft.Of(_group!.Fields), _group.Version, null, null, null);

    private void Discard() => (_draft, _newer, Fault, _impact) = (null, null, null, null);

    private Task SaveAsync() => _draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<GroupInput> input = draft.ToInput();
        if (input.Error is { } wrong)
            return wrong;
        Result<bool> may = input.Value.ExpiryPolicy == _group!.Fields.ExpiryPolicy ? true : await MaySaveAsync(actor, input.Value);
        if (may is not { Succeeded: true, Value: true })
            return may.Error;
        Result saved = await Groups.ChangeAsync(actor, Id, input.Value, _draftVersion, CancellationToken.None);
        if (saved.Error == GroupService.Conflict)
        {
            await ReloadAsync();
            _newer = _group;
            return null;
        }
        if (saved.Error is { } fault)
            return fault;
        Discard();
        Notifier.Done($"{input.Value.Name} saved");
        await ReloadAsync();
        return null;
    });

    // Another policy may end secrets that work today.
    private async Task<Result<bool>> MaySaveAsync(Actor actor, GroupInput input)
    {
        Result<ImpactReport> report = await Impacts.OfGroupAsync(actor, Id, input.ExpiryPolicy, 0, ImpactPanel.PageSize, Gone);
        if (report.Error is { } fault)
            return fault;
        (_impact, _impactPage) = (report.Value, 0);
        return report.Value.Total == 0
            || await Dialogs.ConfirmAsync(new Confirmation($"Save {input.Name}?", report.Value.Consequence(), "Save group", IsDangerous: report.Value.Now.Logins > 0));
    }

    private Task ShowImpactAsync(int page) => ActAsync(async actor =>
    {
        Result<ImpactReport> report = await Impacts.OfGroupAsync(actor, Id, _draft is { ExpiryPolicy.Length: > 0 } draft ? draft.ExpiryPolicy : null, page, ImpactPanel.PageSize, Gone);
        if (report.Succeeded)
            (_impact, _impactPage) = (report.Value, page);
        return report.Error;
    });

    private Task KeepMineAsync()
    {
        // A second click that was already on its way finds the question answered.
        if (_newer is not { } newer)
            return Task.CompletedTask;
        (_draftVersion, _newer) = (newer.Version, null);
        return SaveAsync();
    }

    private Task DeleteAsync() => ActAsync(async actor =>
    {
        GroupDetail group = _group!;
        Result<GroupLoss> loss = await Groups.CountLossAsync(actor, Id, Gone);
        if (loss.Error is { } refused)
            return refused;
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Delete {group.Name}?", loss.Value.Consequence, "Delete group", IsDangerous: true, TypeToConfirm: group.Name)))
            return null;
        Result deleted = await Groups.DeleteAsync(actor, Id, group.Version, CancellationToken.None);
        if (deleted.Error is { } fault)
        {
            await ReloadAsync();
            return fault;
        }
        Notifier.Done($"{group.Name} deleted");
        GoOn(PortalUrls.Groups);
        return null;
    });
}
