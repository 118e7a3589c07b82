using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Audit;

/// <summary>The latest audit entries about one thing. Those who may not read the trail see an empty panel; the page leaves it out for them.</summary>
public sealed partial class TargetHistory
{
    private const int Shown = 8;
    private IReadOnlyList<AuditEntry>? _entries;
    private (Guid, int) _read;

    [Parameter, EditorRequired]
    public Guid TargetId { get; set; }

    /// <summary>Another number makes the panel read again.</summary>
    [Parameter]
    public int Version { get; set; }

    [Inject]
    public required AuditTrail Audit { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == (TargetId, Version))
            return;
        _read = (TargetId, Version);
        await ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<PageOf<AuditEntry>> found = await Audit.ListAsync(actor, new AuditQuery(TargetId: TargetId, PageSize: Shown), Gone);
        _entries = found.Succeeded ? found.Value.Items : [];
        return null;
    });
}
