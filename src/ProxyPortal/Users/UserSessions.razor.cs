using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>Where a user is signed in to the portal, to be ended there.</summary>
public partial class UserSessions
{
    private IReadOnlyList<UserSession> _sessions = [];
    private Guid _shown;

    [Parameter, EditorRequired]
    public Guid UserId { get; set; }

    /// <summary>The user-id.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Inject]
    public required UserSessionService Sessions { get; init; }

    protected override Task OnParametersSetAsync()
    {
        if (_shown == UserId)
            return Task.CompletedTask;
        _shown = UserId;
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyList<UserSession>> found = await Sessions.ListAsync(actor, UserId, Gone);
        _sessions = found.Succeeded ? found.Value : [];
        return found.Error;
    });

    private Task EndAsync(UserSession? session) => ActAsync(async actor =>
    {
        Result ended = await Sessions.EndAsync(actor, UserId, session?.Id, CancellationToken.None);
        if (ended.Error is { } error)
            return error;
        Notifier.Done(session is null ? $"{Name} is signed out everywhere" : "Signed out there");
        await ReloadAsync();
        return null;
    });
}
