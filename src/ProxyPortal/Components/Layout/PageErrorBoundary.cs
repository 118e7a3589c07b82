using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Components.Layout;

/// <summary>Keeps a failing page from taking the shell and the circuit with it: the user sees an incident id and a retry, the log
/// holds the exception under the same id.</summary>
public sealed class PageErrorBoundary : ErrorBoundaryBase
{
    private string? _incident;

    [Inject]
    public required ILogger<PageErrorBoundary> Logger { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override Task OnErrorAsync(Exception exception)
    {
        _incident = IncidentId.New();
        // The path only: a query string may hold what somebody searched for.
        ComponentsLog.PageFailed(Logger, exception, _incident, new Uri(Navigation.Uri).AbsolutePath);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<ErrorFrame>(1);
        builder.AddComponentParameter(2, nameof(ErrorFrame.IncidentId), _incident);
        builder.AddComponentParameter(3, nameof(ErrorFrame.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
