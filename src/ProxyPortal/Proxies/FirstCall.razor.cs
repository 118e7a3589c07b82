using Microsoft.AspNetCore.Components;
using ProxyPortal.Integrations.Squid;
using ProxyPortal.Verification;

namespace ProxyPortal.Proxies;

/// <summary>Waits on screen until the proxy asks the portal for the first time. Looks every second, in memory only.</summary>
public partial class FirstCall
{
    public static TimeSpan HelpAfter { get; } = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private DateTimeOffset? _lastCall;
    private DateTimeOffset _since;
    private bool _isLate;

    [Parameter, EditorRequired]
    public Guid ProxyId { get; set; }

    [Parameter, EditorRequired]
    public required string ProxyName { get; set; }

    /// <summary>What the proxy was told, for the list of what to look at when nothing comes.</summary>
    [Parameter, EditorRequired]
    public required SquidSettings Squid { get; set; }

    /// <summary>A call known from before this process started.</summary>
    [Parameter]
    public DateTimeOffset? KnownCall { get; set; }

    [Parameter]
    public EventCallback OnCalled { get; set; }

    [Inject]
    public required VerificationActivity Activity { get; init; }

    protected override void OnParametersSet() => _lastCall = Activity.LastCallOf(ProxyId) ?? KnownCall;

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        _since = Time.GetUtcNow();
        _ = RepeatAsync(Interval, Look);
    }

    private bool Look()
    {
        DateTimeOffset? before = _lastCall;
        bool wasLate = _isLate;
        _lastCall = Activity.LastCallOf(ProxyId) ?? KnownCall;
        _isLate = Time.GetUtcNow() - _since >= HelpAfter;
        if (before is null && _lastCall is not null)
            _ = OnCalled.InvokeAsync();
        return before != _lastCall || wasLate != _isLate;
    }
}
