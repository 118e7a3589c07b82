using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Components.Shared;

/// <summary>What pages, panels and dialogs share that ask services: one act at a time however often it is clicked, plain words when it
/// fails, and an end to every read when the component leaves.</summary>
public abstract class ActingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    // Kept apart: a disposed source gives out no token, and an act may still be on its way then.
    protected ActingComponent() => Gone = _gone.Token;

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Notifier Notifier { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILoggerFactory Loggers { get; init; }

    protected LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>An act is under way: buttons show it, and further clicks do nothing.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>The refusal of the last <see cref="SubmitAsync"/>, to be shown at its field.</summary>
    protected Error? Fault { get; set; }

    /// <summary>Cancelled when the component leaves the page. For reads: what was clicked is done.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>What the person may do, as far as the page hides what they may not; the service decides.</summary>
    protected Actor Actor { get; private set; } = Actor.Nobody;

    /// <summary>Whether the component's form also has a place for refusals without a field; otherwise they are said in the corner.</summary>
    protected virtual bool SaysFaults => false;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _gone.IsCancellationRequested)
            return;
        _gone.Cancel();
        _gone.Dispose();
    }

    protected bool May(Permission permission) => Actor.Role.Has(permission);

    /// <summary>Reads what the page shows; <paramref name="read"/> returns the service's refusal or null. What is shown already stays
    /// until the answer is there.</summary>
    protected async Task LoadAsync(Func<Actor, Task<Error?>> read)
    {
        if (!State.IsReady)
            State = LoadState.Loading;
        try
        {
            Actor = await CurrentActor.GetAsync();
            State = await read(Actor) switch
            {
                null => LoadState.Ready,
                { Code: "forbidden" or "not_found" } => LoadState.Refused,
                var refusal => new LoadState(LoadPhase.Failed, refusal.Message),
            };
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
#pragma warning disable CA1031 // Whatever breaks, the page says so with an incident id instead of ending the circuit.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            State = new LoadState(LoadPhase.Failed, IncidentId: Log(failure));
        }
    }

    /// <summary>Takes away what is shown: the page is to show something else, and the next <see cref="LoadAsync"/> brings it.</summary>
    protected void ShowLoading() => State = LoadState.Loading;

    /// <summary>Runs one act to its end, also when the component leaves meanwhile; while it runs, further clicks do nothing. A refusal
    /// or failure is said in the corner, and what was typed stays.</summary>
    protected Task ActAsync(Func<Actor, Task<Error?>> act) => RunAsync(act, refusal => Notifier.Failed(refusal.Message));

    /// <summary>As <see cref="ActAsync"/>, for the act of a form: its refusal becomes <see cref="Fault"/>, to be shown at its field.</summary>
    protected Task SubmitAsync(Func<Actor, Task<Error?>> act) => RunAsync(
        actor =>
        {
            Fault = null;
            return act(actor);
        },
        refusal =>
        {
            Fault = refusal;
            if (refusal.Field is null && !SaysFaults)
                Notifier.Failed(refusal.Message);
        });

    /// <summary>Goes to another page after an act, unless the person went elsewhere meanwhile.</summary>
    protected void GoOn(string url)
    {
        if (!Gone.IsCancellationRequested)
            Navigation.NavigateTo(url);
    }

    /// <summary>Calls <paramref name="tick"/> on the component's own thread until it leaves, and renders when it says so. Start it after the first render only: while
    /// prerendering nobody would end it.</summary>
    protected async Task RepeatAsync(TimeSpan period, Func<Task<bool>> tick)
    {
        try
        {
            using var timer = new PeriodicTimer(period, Time);
            while (await timer.WaitForNextTickAsync(Gone))
                await InvokeAsync(async () => { if (await tick()) StateHasChanged(); });
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
            // The component left.
        }
    }

    /// <inheritdoc cref="RepeatAsync(TimeSpan, Func{Task{bool}})"/>
    protected Task RepeatAsync(TimeSpan period, Func<bool> tick) => RepeatAsync(period, () => Task.FromResult(tick()));

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

    private string Log(Exception failure)
    {
        string incident = IncidentId.New();
        ComponentsLog.ComponentFailed(Loggers.CreateLogger(GetType()), failure, incident, GetType().Name, new Uri(Navigation.Uri).AbsolutePath);
        return incident;
    }
}
