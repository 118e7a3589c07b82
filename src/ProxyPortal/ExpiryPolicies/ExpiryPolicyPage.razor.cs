using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>One policy: what it says, for whom, and whom a change would meet.</summary>
public partial class ExpiryPolicyPage
{
    private ExpiryPolicyDetail? _policy;
    private ExpiryPolicyDraft? _draft;
    private ExpiryPolicyDetail? _newer;
    private long _draftVersion;

    [Parameter]
    public Guid Id { get; set; }

    protected override Guid? PolicyId => Id;

    protected override ExpiryPolicyDraft? Draft => _draft;

    private bool MayEdit => May(Permission.EditGroups);

    private string GroupsSentence => (_policy!.Groups.Count, _policy.Fields.IsDefault) switch
    {
        (0, true) => "No group names it; it holds for whoever has no other.",
        (0, false) => "No group names it, so it holds for nobody.",
        (_, true) => "These name it, and it holds for whoever has no other.",
        _ => "These name it. A member of several groups gets the strictest of their policies.",
    };

    protected override Task OnParametersSetAsync()
    {
        if (_policy?.Id == Id)
            return Task.CompletedTask;
        _policy = null;
        Discard();
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<ExpiryPolicyDetail> found = await Policies.GetAsync(actor, Id, Gone);
        if (found.Succeeded)
            _policy = found.Value;
        return found.Error;
    });

    private void Edit() => (_draft, _draftVersion, _newer, Fault, Impact) = (ExpiryPolicyDraft.Of(_policy!.Fields), _policy.Version, null, null, null);

    private void Discard() => (_draft, _newer, Fault, Impact) = (null, null, null, null);

    private Task SaveAsync() => _draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<ExpiryPolicyInput> input = draft.ToInput();
        Result<bool> may = input.Error is { } wrong ? wrong : await MaySaveAsync(actor, input.Value);
        if (may is not { Succeeded: true, Value: true })
            return may.Error;
        Result saved = await Policies.ChangeAsync(actor, Id, input.Value, _draftVersion, CancellationToken.None);
        if (saved.Error == ExpiryPolicyService.Conflict)
        {
            await ReloadAsync();
            _newer = _policy;
            return null;
        }
        if (saved.Error is { } fault)
            return fault;
        Discard();
        Notifier.Done($"{input.Value.Name} saved");
        await ReloadAsync();
        return null;
    });

    private Task KeepMineAsync()
    {
        // A second click that was already on its way finds the question answered.
        if (_newer is not { } newer)
            return Task.CompletedTask;
        (_draftVersion, _newer) = (newer.Version, null);
        return SaveAsync();
    }

    private async Task DeleteAsync()
    {
        ExpiryPolicyDetail policy = _policy!;
        string who = policy.Fields.IsDefault ? "Whoever has no other policy then has none: nothing of theirs ends by itself any more." : "It holds for nobody as long as no group names it.";
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Delete {policy.Name}?", $"{who} This cannot be undone.", "Delete policy", IsDangerous: true, TypeToConfirm: policy.Name)))
            return;
        await ActAsync(async actor =>
        {
            Result deleted = await Policies.DeleteAsync(actor, Id, policy.Version, CancellationToken.None);
            if (deleted.Error is { } fault)
            {
                await ReloadAsync();
                return fault;
            }
            Notifier.Done($"{policy.Name} deleted");
            GoOn(PortalUrls.ExpiryPolicies);
            return null;
        });
    }
}
