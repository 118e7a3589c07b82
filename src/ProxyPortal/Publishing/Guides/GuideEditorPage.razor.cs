using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Guides;

/// <summary>Where a guide is written, looked at, published and taken back.</summary>
public partial class GuideEditorPage
{
    private GuideDetail? _guide;
    private GuideValues? _values;
    private GuideDraft? _draft;
    private GuideDetail? _newer;
    private long _draftVersion;

    [Parameter]
    public required string Slug { get; set; }

    [Parameter]
    public required string Language { get; set; }

    /// <summary>The version that is compared.</summary>
    [SupplyParameterFromQuery(Name = "version")]
    public int? Version { get; set; }

    /// <summary>The one that it is compared with; left out, the one before.</summary>
    [SupplyParameterFromQuery(Name = "with")]
    public int? With { get; set; }

    [Inject]
    public required GuideService Guides { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    protected override bool SaysFaults => true;

    private bool IsChanged => _draft?.IsChanged is true;

    protected override Task OnParametersSetAsync()
    {
        if (_guide?.Slug == Slug && _guide.Language == Language)
            return Task.CompletedTask;
        (_guide, _draft, _newer) = (null, null, null);
        ShowLoading();
        return ReloadAsync();
    }

    // What is typed stays; the first read, and one after a decision, begin a draft.
    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<GuideDetail> guide = await Guides.GetAsync(actor, Slug, Language, Gone);
        Result<GuideValues> values = guide.Succeeded ? await Guides.ValuesAsync(actor, Gone) : guide.Error!;
        if (values.Error is { } error)
            return error;
        (_guide, _values) = (guide.Value, values.Value);
        if (_draft is null && guide.Value.State is not GuideState.Shipped && actor.May(Permission.EditPublications))
            (_draft, _draftVersion) = (GuideDraft.Of(guide.Value.Fields), guide.Value.Version);
        return null;
    });

    // What is wrong with the text is told anew with each letter; the refusal of an older one would contradict it.
    private void Typed() => Fault = Fault?.Field == "text" ? null : Fault;

    private Task CopyAsync() => ActAsync(async actor => await DoneAsync(await Guides.CopyAsync(actor, Slug, Language, CancellationToken.None), "It is your own now"));

    private Task SaveAsync() => SubmitAsync(async actor => await SaveDraftAsync(actor, "Draft saved"));

    private Task PublishAsync() => SubmitAsync(async actor =>
    {
        if (IsChanged && await SaveDraftAsync(actor, null) is { } unsaved)
            return unsaved;
        return _newer is not null ? null : await DoneAsync(await Guides.PublishAsync(actor, Slug, Language, _guide!.Versions[0].Number, _guide.Version, CancellationToken.None), "Published: readers see it now");
    });

    private Task WithdrawAsync() => ActAsync(async actor =>
        await Dialogs.ConfirmAsync(new Confirmation($"Withdraw {_guide!.Fields.Title}?", "Readers do not find it any more. Its versions stay, and it can be published again.", "Withdraw"))
            ? await DoneAsync(await Guides.WithdrawAsync(actor, Slug, Language, _guide.Version, CancellationToken.None), "Withdrawn") : null);

    private Task RestoreAsync(int number) => ActAsync(async actor =>
    {
        if (IsChanged && !await Dialogs.ConfirmAsync(new Confirmation("Give up what you typed?", $"Version {number} takes its place. What you typed was not saved.", "Restore", IsDangerous: true)))
            return null;
        Result restored = await Guides.RestoreAsync(actor, Slug, Language, number, _guide!.Version, CancellationToken.None);
        if (restored.Succeeded)
            _draft = null;
        return await DoneAsync(restored, $"Version {number} is the newest again; publish it to show it to readers");
    });

    private Task DeleteAsync() => ActAsync(async actor =>
    {
        GuideDetail guide = _guide!;
        string after = ShippedGuides.Find(Slug, Language) is null ? "Readers do not find it any more." : "Readers see the one that came with the portal again.";
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Delete {guide.Fields.Title}?", $"{(guide.Versions.Count == 1 ? "Its version goes" : $"All {guide.Versions.Count} versions go")} for good. {after}", "Delete guide", IsDangerous: true, TypeToConfirm: guide.Slug)))
            return null;
        Result deleted = await Guides.DeleteAsync(actor, Slug, Language, guide.Version, CancellationToken.None);
        if (deleted.Error is { } fault)
            return fault;
        _draft = null;
        Notifier.Done($"{guide.Fields.Title} deleted");
        GoOn(PortalUrls.GuidesToEdit);
        return null;
    });

    private void TakeNewer()
    {
        if (_newer is { } newer)
            (_draft, _draftVersion, _newer, Fault) = (GuideDraft.Of(newer.Fields), newer.Version, null, null);
    }

    private Task KeepMineAsync()
    {
        // A second click that was already on its way finds the question answered.
        if (_newer is not { } newer)
            return Task.CompletedTask;
        (_draftVersion, _newer) = (newer.Version, null);
        return SaveAsync();
    }

    private async Task<Error?> SaveDraftAsync(Actor actor, string? done)
    {
        Result<GuideInput> input = _draft!.ToInput();
        if (input.Error is { } wrong)
            return wrong;
        Result saved = await Guides.SaveAsync(actor, Slug, Language, input.Value, _draftVersion, CancellationToken.None);
        if (saved.Error == GuideService.Conflict)
        {
            await ReloadAsync();
            _newer = _guide;
            return null;
        }
        if (saved.Succeeded)
            _draft.Saved(input.Value);
        return await DoneAsync(saved, done);
    }

    // Whatever came of it, the page shows how the guide stands now.
    private async Task<Error?> DoneAsync(Result result, string? done)
    {
        if (result.Error is null && done is not null)
            Notifier.Done(done);
        await ReloadAsync();
        if (result.Succeeded)
            _draftVersion = _guide!.Version;
        return result.Error;
    }
}
