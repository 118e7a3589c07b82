using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Components;

/// <summary>Why a page cannot show what was asked for.</summary>
/// <param name="Text">For people.</param>
/// <param name="IncidentId">Also in the log; null when nothing broke.</param>
/// <param name="IsHidden">Forbidden and missing alike: the page must not tell which.</param>
public sealed record PageFault(string? Text, string? IncidentId = null, bool IsHidden = false);

/// <summary>What every interactive page does the same way: reads with a fault instead of an exception, acts once however often the
/// button is clicked, and lets go of everything when it is left.</summary>
public abstract class PortalPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    protected PortalPage() => Gone = _gone.Token;

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Notifier Notifier { get; init; }

    [Inject]
    public required ILogger<PortalPage> Logger { get; init; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>The one who looked last, to hide what they may not do; services decide again for every act.</summary>
    protected Actor Actor { get; private set; } = Actor.Nobody;

    protected bool IsLoaded { get; private set; }

    /// <summary>An act is under way: its buttons are disabled, and further clicks do nothing.</summary>
    protected bool IsBusy { get; private set; }

    protected PageFault? Fault { get; private set; }

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

    /// <summary>Runs <paramref name="read"/>; what it refuses or breaks becomes <see cref="Fault"/>.</summary>
    protected async Task LoadAsync(Func<Actor, Task<Error?>> read)
    {
        try
        {
            Actor = await CurrentActor.GetAsync();
            Error? error = await read(Actor);
            Fault = error switch
            {
                null => null,
                { Code: "forbidden" or "not_found" } => new PageFault(null, IsHidden: true),
                _ => new PageFault(error.Message),
            };
            IsLoaded = true;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Left while loading.
        }
#pragma warning disable CA1031 // Whatever breaks, the page says so with an incident id instead of ending the circuit.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fault = new PageFault(null, Log(exception));
        }
    }

    /// <summary>Runs <paramref name="act"/> unless another is still running. It is not cancelled by leaving: what was clicked is done.
    /// A refusal goes to <paramref name="refused"/>, or to the corner of the page.</summary>
    protected async Task ActAsync(Func<Actor, Task<Error?>> act, Action<Error>? refused = null)
    {
        if (IsBusy)
            return;
        IsBusy = true;
        StateHasChanged();
        try
        {
            if (await act(await CurrentActor.GetAsync()) is not { } error)
                return;
            if (refused is null)
                Notifier.Failed(error.Message);
            else
                refused(error);
        }
        catch (DatabaseBusyException busy)
        {
            Notifier.Failed(busy.Message);
        }
#pragma warning disable CA1031 // The input on the page must outlive whatever broke.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Notifier.Failed("This could not be done, and the reason was written to the log.", Log(exception));
        }
        finally
        {
            IsBusy = false;
        }
    }

    private string Log(Exception exception)
    {
        string incident = IncidentId.New();
        ComponentsLog.PageFailed(Logger, exception, incident, new Uri(Navigation.Uri).AbsolutePath);
        return incident;
    }
}
