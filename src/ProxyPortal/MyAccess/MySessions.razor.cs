using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.MyAccess;

/// <summary>The own sign-in sessions, to be ended where somebody forgot to.</summary>
public partial class MySessions
{
    private IReadOnlyList<UserSession> _sessions = [];
    private Guid? _current;

    [Parameter, EditorRequired]
    public required Guid UserId { get; set; }

    [Inject]
    public required UserSessionService Sessions { get; init; }

    [Inject]
    public required AuthenticationStateProvider Authentication { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _current = SessionPrincipal.SessionOf((await Authentication.GetAuthenticationStateAsync()).User);
        await ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyList<UserSession>> found = await Sessions.ListAsync(actor, UserId, Gone);
        _sessions = found.Succeeded ? found.Value : [];
        return found.Error;
    });

    private Task EndAsync(Guid session) => ActAsync(async actor =>
    {
        Result ended = await Sessions.EndAsync(actor, UserId, session, CancellationToken.None);
        if (ended.Error is { } error)
            return error;
        Notifier.Done(T["Signed out there"]);
        await ReloadAsync();
        return null;
    });
}
