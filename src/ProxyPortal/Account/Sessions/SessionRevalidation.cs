using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ProxyPortal.Account.Sessions;

/// <summary>Looks every minute whether the session behind an open page still holds. When the database cannot be asked twice in a row,
/// the page is signed out.</summary>
internal sealed class SessionRevalidation(ILoggerFactory logs, SignInSessions sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    private readonly ILogger _log = logs.CreateLogger<SessionRevalidation>();
    private bool _failedBefore;

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(45);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        IsLiveAsync(authenticationState.User, cancellationToken);

    internal async Task<bool> IsLiveAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (SessionPrincipal.SessionOf(principal) is not { } id)
            return false;
        try
        {
            bool live = await sessions.IsLiveAsync(id, active: false, cancellationToken);
            _failedBefore = false;
            return live;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            AccountLog.SessionLookupFailed(_log, exception);
            bool firstTime = !_failedBefore;
            _failedBefore = true;
            return firstTime;
        }
    }
}

/// <summary>Counts what a person does on an open page as use of the session; without it, someone working on one page for half an hour
/// would be idle.</summary>
internal sealed class CircuitActivity(AuthenticationStateProvider state, SignInSessions sessions, TimeProvider time, ILogger<CircuitActivity> log) : CircuitHandler
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private DateTimeOffset _next;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now >= _next)
        {
            _next = now + Interval;
            await TouchAsync();
        }
        await next(activity);
    };

    private async Task TouchAsync()
    {
        try
        {
            if (SessionPrincipal.SessionOf((await state.GetAuthenticationStateAsync()).User) is { } id)
                await sessions.IsLiveAsync(id, active: true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The click itself must not fail because its time could not be noted.
            AccountLog.SessionLookupFailed(log, exception);
        }
    }
}
