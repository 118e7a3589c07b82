using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.ExpiryPolicies.Impact;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>What the pages that edit a policy share: they show whom it would meet, and ask before they save what would meet someone.</summary>
public abstract class PolicyEditor : ActingComponent
{
    [Inject]
    public required ExpiryPolicyService Policies { get; init; }

    [Inject]
    public required ImpactService Impacts { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    /// <summary>What was asked for last; null = nothing yet, or the form was left.</summary>
    protected ImpactReport? Impact { get; set; }

    protected int ImpactPage { get; private set; }

    /// <summary>The policy that is edited; null for a new one.</summary>
    protected abstract Guid? PolicyId { get; }

    protected abstract ExpiryPolicyDraft? Draft { get; }

    protected override bool SaysFaults => true;

    protected Task PreviewAsync() => ShowPageAsync(0);

    protected Task ShowPageAsync(int page) => Draft is not { } draft ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<ExpiryPolicyInput> input = draft.ToInput();
        Result<ImpactReport> report = input.Error is { } wrong ? wrong : await Impacts.OfPolicyAsync(actor, PolicyId, input.Value, page, ImpactPanel.PageSize, Gone);
        if (report.Succeeded)
            (Impact, ImpactPage) = (report.Value, page);
        return report.Error;
    });

    /// <summary>Whether to save: asks where somebody would be refused. A refusal of what is to be saved comes back as it is.</summary>
    protected async Task<Result<bool>> MaySaveAsync(Actor actor, ExpiryPolicyInput input)
    {
        Result<ImpactReport> report = await Impacts.OfPolicyAsync(actor, PolicyId, input, 0, ImpactPanel.PageSize, Gone);
        if (report.Error is { } fault)
            return fault;
        (Impact, ImpactPage) = (report.Value, 0);
        if (report.Value.Total == 0)
            return true;
        return await Dialogs.ConfirmAsync(new Confirmation($"Save {input.Name}?", report.Value.Consequence(), "Save policy", IsDangerous: report.Value.Now.Logins > 0));
    }
}
