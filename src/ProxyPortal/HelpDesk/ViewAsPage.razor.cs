using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.HelpDesk;

/// <summary>What a user sees of their own access, read-only, for somebody who helps them.</summary>
public partial class ViewAsPage
{
    private SeenAccess? _seen;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required HelpDeskService HelpDesk { get; init; }

    [Inject]
    public required VerificationEventQueries Events { get; init; }

    protected override Task OnParametersSetAsync()
    {
        if (_seen?.State.Id == Id)
            return Task.CompletedTask;
        _seen = null;
        ShowLoading();
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<SeenAccess> found = await HelpDesk.ViewAsAsync(actor, Id, Gone);
        _seen = found.Succeeded ? found.Value : null;
        return found.Error;
    });

    private Task<Result<PageOf<VerificationEvent>>> ReadAttemptsAsync(Actor actor, VerificationEventQuery query) => Events.ListAsync(actor, query with { User = _seen!.State.UserId }, Gone);
}
