using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;

namespace ProxyPortal.Users;

/// <summary>The latest audit entries about a user. Those who may not read the trail see an empty panel; the page leaves it out for them.</summary>
public sealed partial class UserHistory : IDisposable
{
    private const int Shown = 8;
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<AuditEntry>? _entries;
    private (Guid, int) _read;

    [Parameter, EditorRequired]
    public Guid UserId { get; set; }

    /// <summary>Another number makes the panel read again.</summary>
    [Parameter]
    public int Version { get; set; }

    [Inject]
    public required AuditTrail Audit { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (UserId, Version))
            return;
        _read = (UserId, Version);
        try
        {
            Result<PageOf<AuditEntry>> found = await Audit.ListAsync(await CurrentActor.GetAsync(), new AuditQuery(TargetId: UserId, PageSize: Shown), _gone.Token);
            _entries = found.Succeeded ? found.Value.Items : [];
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
