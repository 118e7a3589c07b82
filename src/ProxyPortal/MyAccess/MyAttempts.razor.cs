using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.MyAccess;

/// <summary>What became of the last attempts, with the true reason and what helps: for the owner alone, to whom the rejection rule lets them be told.</summary>
public partial class MyAttempts
{
    private const int Shown = 8;
    private IReadOnlyList<VerificationEvent>? _attempts;

    [Parameter, EditorRequired]
    public required Guid UserId { get; set; }

    /// <summary>How somebody else who looks on reads them; null = they are the reader's own.</summary>
    [Parameter]
    public Func<Actor, VerificationEventQuery, Task<Result<PageOf<VerificationEvent>>>>? Read { get; set; }

    [Inject]
    public required VerificationEventQueries Events { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        var query = new VerificationEventQuery(PageSize: Shown);
        Result<PageOf<VerificationEvent>> found = Read is null ? await Events.ListOwnAsync(actor, query, Gone) : await Read(actor, query);
        _attempts = found.Succeeded ? found.Value.Items : _attempts;
        return found.Error;
    });
}
