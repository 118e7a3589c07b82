using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Components.Shared;

/// <summary>How far the loading of a page has come.</summary>
public enum LoadState
{
    Loading,
    Ready,

    /// <summary>Missing, or not for this person: both look alike.</summary>
    Refused,
    Failed,
}

/// <summary>What pages and panels share that ask services: one act at a time however often it is clicked, plain words when it fails, an
/// end to everything when the component leaves.</summary>
public abstract class ActingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    // Kept apart: a disposed source gives out no token, and an act may still be on its way then.
    protected ActingComponent() => Gone = _gone.Token;

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required Notifier Notifier { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILoggerFactory Loggers { get; init; }

    protected LoadState State { get; private set; }

    /// <summary>Names the failure that kept the page from loading.</summary>
    protected string? Incident { get; private set; }

    protected bool IsBusy { get; private set; }

    /// <summary>The refusal of the last act, to be shown at its field.</summary>
    protected Error? Fault { get; set; }

    /// <summary>Cancelled when the component leaves the page.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>What the person may do, as far as the page hides what they may not; the service decides.</summary>
    protected Actor Actor { get; private set; } = Actor.Nobody;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _gone.Cancel();
        _gone.Dispose();
    }

    protected bool May(Permission permission) => Actor.Role.Has(permission);

    /// <summary>The message for <paramref name="field"/>, or null.</summary>
    protected string? FaultAt(string field) => Fault?.Field == field ? Fault.Message : null;

    /// <summary>The message of a refusal that belongs to none of <paramref name="fields"/>.</summary>
    protected string? FaultBeside(params ReadOnlySpan<string> fields) => Fault is { } fault && (fault.Field is null || !fields.Contains(fault.Field)) ? fault.Message : null;

    /// <summary>Loads what the page shows; <paramref name="load"/> returns the service's refusal or null.</summary>
    protected async Task LoadAsync(Func<Actor, CancellationToken, Task<Error?>> load)
    {
        (State, Incident) = (LoadState.Loading, null);
        try
        {
            Actor = await CurrentActor.GetAsync();
            State = await load(Actor, Gone) is null ? LoadState.Ready : LoadState.Refused;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Incident = Log(failure);
            State = LoadState.Failed;
        }
    }

    /// <summary>Runs one act; while it runs, further clicks do nothing. A failure is said and logged, and what was typed stays.</summary>
    protected async Task ActAsync(Func<Actor, CancellationToken, Task<Error?>> act)
    {
        if (IsBusy)
            return;
        (IsBusy, Fault) = (true, null);
        try
        {
            // A click deserves an answer at once: the button shows its progress before the service begins.
            await Task.Yield();
            Actor = await CurrentActor.GetAsync();
            Fault = await act(Actor, Gone);
            if (Fault is { Field: null } fault && !SaysFaults)
                Notifier.Failed(fault.Message);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (DatabaseBusyException busy)
        {
            Notifier.Failed(busy.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Notifier.Failed("This failed on our side and was written to the log. Try again; if it stays, tell an administrator the incident id.", Log(failure));
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Whether the component shows refusals without a field itself; otherwise they are announced in the corner.</summary>
    protected virtual bool SaysFaults => false;

    /// <summary>Calls <paramref name="tick"/> on the component's own thread until it leaves. Start it after the first render only: while
    /// prerendering nobody would end it.</summary>
    protected async Task RepeatAsync(TimeSpan period, Func<bool> tick)
    {
        try
        {
            using var timer = new PeriodicTimer(period, Time);
            while (await timer.WaitForNextTickAsync(Gone))
                await InvokeAsync(() => { if (tick()) StateHasChanged(); });
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
            // The component left.
        }
    }

    private string Log(Exception failure)
    {
        string incident = IncidentId.New();
        ComponentsLog.ActFailed(Loggers.CreateLogger(GetType()), failure, incident, GetType().Name);
        return incident;
    }
}
