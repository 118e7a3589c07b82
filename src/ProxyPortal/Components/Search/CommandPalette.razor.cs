using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Components.Search;

/// <summary>Finds anything by typing (Ctrl+K). The browser opens and closes the dialog; here the sources are asked, side by side,
/// and the newest question wins. A source that fails is named instead of taking the others with it.</summary>
public sealed partial class CommandPalette : IDisposable
{
    private const string DialogId = "palette";
    private const int MostPerKind = 6;
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(120);

    private IReadOnlyList<PaletteEntry> _entries = [];
    private IReadOnlyList<string> _failed = [];
    private readonly LatestRun _search = new();
    private Task _finding = Task.CompletedTask;
    private string _query = "";
    private int _active;
    private bool _isSearching;

    [Inject]
    public required IEnumerable<IPaletteSource> Sources { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<CommandPalette> Logger { get; init; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    private string Announcement => _query.Length == 0 || _isSearching ? "" : _entries.Count == 1 ? T["1 result"] : T["{0} results", _entries.Count];

    public void Dispose() => _search.Dispose();

    protected override Task OnInitializedAsync() => ResetAsync();

    private static string OptionId(int index) => $"palette-option-{index}";

    private Task ResetAsync()
    {
        _query = "";
        return _finding = FindAsync(TimeSpan.Zero);
    }

    private Task SearchAsync(ChangeEventArgs change)
    {
        _query = change.Value as string ?? "";
        return _finding = FindAsync(TypingPause);
    }

    private async Task FindAsync(TimeSpan pause)
    {
        var token = await _search.BeginAsync();
        _isSearching = true;
        try
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, Time, token);
            var user = Authentication is null ? new ClaimsPrincipal() : (await Authentication).User;
            string query = _query.Trim();
            var answers = await Task.WhenAll(
                Sources.OrderBy(source => source.Order).Select(source => AskAsync(source, query, user, token)));
            if (token.IsCancellationRequested)
                return;
            _entries = [.. answers.SelectMany(answer => answer.Entries)];
            _failed = [.. answers.Where(answer => answer.HasFailed).Select(answer => answer.Kind.ToLowerInvariant())];
            _active = 0;
            _isSearching = false;
        }
        catch (OperationCanceledException)
        {
            // A newer question is on its way.
        }
    }

    private async Task<Answer> AskAsync(IPaletteSource source, string query, ClaimsPrincipal user, CancellationToken token)
    {
        try
        {
            var entries = await source.SearchAsync(query, user, token);
            return new Answer(source.Kind, [.. entries.Take(MostPerKind)], HasFailed: false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            ComponentsLog.PaletteSourceFailed(Logger, failure, source.Kind);
            return new Answer(source.Kind, [], HasFailed: true);
        }
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Enter")
        {
            // Fast fingers: what was typed last decides, not what is still on show.
            await _finding;
        }

        if (_entries.Count == 0)
            return;
        switch (key.Key)
        {
            case "ArrowDown":
                _active = (_active + 1) % _entries.Count;
                break;
            case "ArrowUp":
                _active = (_active + _entries.Count - 1) % _entries.Count;
                break;
            case "Enter":
                string url = _entries[_active].Url;
                await Browser.InvokeVoidAsync("portal.close", DialogId);
                Navigation.NavigateTo(url);
                break;
        }
    }

    private sealed record Answer(string Kind, IReadOnlyList<PaletteEntry> Entries, bool HasFailed);
}
