using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Components.Shared;

/// <summary>What pages and panels share that read from services: loading, refusal and failure in one form, and an end to every read
/// when the component leaves.</summary>
public abstract class ReadingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    // Kept apart: a disposed source gives out no token, and some work may still be on its way then.
    protected ReadingComponent() => Gone = _gone.Token;

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILoggerFactory Loggers { get; init; }

    protected LoadState State { get; private set; } = LoadState.Loading;

    /// <summary>Whether an answer is on its way; what it brings renders the component anew.</summary>
    internal bool IsReading { get; private set; }

    /// <summary>Cancelled when the component leaves the page. For reads: what was clicked is done.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>What the person may do, as far as the page hides what they may not; the service decides.</summary>
    protected Actor Actor { get; private protected set; } = Actor.Nobody;

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

    protected bool May(Permission permission) => Actor.May(permission);

    /// <summary>Reads what the page shows; <paramref name="read"/> returns the service's refusal or null. What is shown already stays
    /// until the answer is there.</summary>
    protected async Task LoadAsync(Func<Actor, Task<Error?>> read)
    {
        if (!State.IsReady)
            State = LoadState.Loading;
        IsReading = true;
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
        finally
        {
            IsReading = false;
        }
    }

    /// <summary>Takes away what is shown: the page is to show something else, and the next <see cref="LoadAsync"/> brings it.</summary>
    protected void ShowLoading() => State = LoadState.Loading;

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

    /// <summary>Writes a failure to the log under a new incident id, which is for people to name.</summary>
    private protected string Log(Exception failure)
    {
        string incident = IncidentId.New();
        ComponentsLog.ComponentFailed(Loggers.CreateLogger(GetType()), failure, incident, GetType().Name, new Uri(Navigation.Uri).AbsolutePath);
        return incident;
    }
}
