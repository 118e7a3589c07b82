using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Languages;

namespace ProxyPortal.Components.Shared;

/// <summary>What pages, panels and dialogs share that change something: one act at a time however often it is clicked, done to its end,
/// and plain words when it fails.</summary>
public abstract class ActingComponent : ReadingComponent
{
    [Inject]
    public required Notifier Notifier { get; init; }

    /// <summary>Refusals in the reader's language, where somebody wrote them.</summary>
    [Inject]
    public required IStringLocalizer<ErrorTexts> Errors { get; init; }

    /// <summary>An act is under way: buttons show it, and further clicks do nothing.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>The refusal of the last <see cref="SubmitAsync"/>, to be shown at its field.</summary>
    protected Error? Fault { get; set; }

    /// <summary>Whether the component's form also has a place for refusals without a field; otherwise they are said in the corner.</summary>
    protected virtual bool SaysFaults => false;

    /// <summary>Runs one act to its end, also when the component leaves meanwhile; while it runs, further clicks do nothing. A refusal
    /// or failure is said in the corner, and what was typed stays.</summary>
    protected Task ActAsync(Func<Actor, Task<Error?>> act) => RunAsync(act, refusal => Notifier.Failed(Errors.Of(refusal)));

    /// <summary>As <see cref="ActAsync"/>, for the act of a form: its refusal becomes <see cref="Fault"/>, to be shown at its field.</summary>
    protected Task SubmitAsync(Func<Actor, Task<Error?>> act) => RunAsync(
        actor =>
        {
            Fault = null;
            return act(actor);
        },
        refusal =>
        {
            Fault = refusal with { Message = Errors.Of(refusal) };
            if (refusal.Field is null && !SaysFaults)
                Notifier.Failed(Fault.Message);
        });

    /// <summary>Goes to another page after an act, unless the person went elsewhere meanwhile.</summary>
    protected void GoOn(string url)
    {
        if (!Gone.IsCancellationRequested)
            Navigation.NavigateTo(url);
    }

    private async Task RunAsync(Func<Actor, Task<Error?>> act, Action<Error> refused)
    {
        if (IsBusy)
            return;
        IsBusy = true;
        StateHasChanged();
        try
        {
            // A click deserves an answer at once: the button shows its progress before the service begins.
            await Task.Yield();
            Actor = await CurrentActor.GetAsync();
            if (await act(Actor) is { } refusal)
                refused(refusal);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // A read after the act; nobody looks any more.
        }
        catch (DatabaseBusyException busy)
        {
            Notifier.Failed(busy.Message);
        }
#pragma warning disable CA1031 // The input on the page must outlive whatever broke.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Notifier.Failed("This failed on our side and was written to the log. Try again; if it stays, tell an administrator the incident id.", Log(failure));
        }
        finally
        {
            IsBusy = false;
            StateHasChanged();
        }
    }
}
