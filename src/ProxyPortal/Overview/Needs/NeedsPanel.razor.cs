using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Overview.Needs;

/// <summary>What waits for a person, by how much it presses.</summary>
public partial class NeedsPanel
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private IReadOnlyList<Need> _needs = [];

    [Inject]
    public required NeedsService Needs { get; init; }

    protected override Task OnInitializedAsync() => ReloadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = RepeatAsync(Beat, RefreshAsync);
    }

    private async Task<bool> RefreshAsync()
    {
        // What failed waits for the button: every few seconds would fill the log.
        if (!State.IsReady)
            return false;
        await ReloadAsync();
        return true;
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<IReadOnlyList<Need>> found = await Needs.FindAsync(actor, Gone);
        _needs = found.Succeeded ? found.Value : [];
        return found.Error;
    });
}
