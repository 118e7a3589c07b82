using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Pac;

/// <summary>What the pages that edit a PAC profile share: the file is made anew with every change, so that what is wrong is seen before it is saved.</summary>
public abstract class PacProfileEditor : ActingComponent
{
    private int _looks;

    [Inject]
    public required PacProfileService Profiles { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    protected PacProfileDraft Draft { get; private set; } = new();

    protected IReadOnlyList<PacChoice> Choices { get; private set; } = [];

    protected PacPreview? Preview { get; private set; }

    protected override bool SaysFaults => true;

    /// <summary>What is wrong now, and what the service refused last. That a name is missing is said once somebody has tried to save without.</summary>
    protected IReadOnlyList<Error> Faults =>
        [.. Fault is { Field: not null } fault ? [fault] : Array.Empty<Error>(), .. (Preview?.Errors ?? []).Where(error => error != Fault && (error.Field != "name" || Draft.Name.Length > 0))];

    /// <summary>Of what was typed, how much cannot be read.</summary>
    protected int Problems => Faults.Count(error => error.Field != "name");

    protected string FileName => PortalUrls.PacFile(Draft.Name.Length > 0 ? Draft.Name : "name")[(PortalUrls.PacProfiles.Length + 1)..];

    /// <summary>Begins to edit; what is wrong with it already is shown.</summary>
    protected async Task<Error?> BeginAsync(Actor actor, PacProfileDraft draft)
    {
        Result<IReadOnlyList<PacChoice>> choices = await Profiles.ChoicesAsync(actor, Gone);
        Result<PacPreview> preview = choices.Error is { } refused ? refused : await Profiles.PreviewAsync(actor, draft.ToInput(), Gone);
        if (preview.Succeeded)
            (Draft, Choices, Preview, Fault) = (draft, choices.Value, preview.Value, null);
        return preview.Error;
    }

    /// <summary>Makes the file anew. No act: whoever saves at once after typing need not wait for it.</summary>
    protected async Task LookAsync()
    {
        Fault = null;
        int look = ++_looks;
        try
        {
            Result<PacPreview> preview = await Profiles.PreviewAsync(await CurrentActor.GetAsync(), Draft.ToInput(), Gone);
            if (preview.Succeeded && look == _looks)
                Preview = preview.Value;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
#pragma warning disable CA1031 // The input on the page must outlive whatever broke.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Notifier.Failed("The file could not be made anew. What you typed is still there.", Log(failure));
        }
    }
}
