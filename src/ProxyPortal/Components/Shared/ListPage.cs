using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Components.Shared;

/// <summary>A page that is a long list: filters, order and page are in its address, the database does the work.</summary>
public abstract class ListPage<TView, TItem> : ActingComponent
    where TView : class, IListView<TView>
{
    private TView? _shown;

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? PageSize { get; set; }

    /// <summary>What the address asks for.</summary>
    protected TView View { get; private set; } = null!;

    protected PageOf<TItem> Rows { get; private set; } = new([], 0);

    protected override async Task OnParametersSetAsync()
    {
        View = ReadAddress();
        if (!View.Equals(_shown))
            await ReloadAsync();
    }

    protected abstract TView ReadAddress();

    protected abstract Task<Result<PageOf<TItem>>> ReadRowsAsync(Actor actor, TView view);

    protected Task ReloadAsync() => LoadAsync(async actor =>
    {
        TView view = View;
        Result<PageOf<TItem>> found = await ReadRowsAsync(actor, view);
        if (found.Error is { } error)
            return error;
        // The address changed meanwhile: another read is on its way.
        if (!view.Equals(View))
            return null;
        (Rows, _shown) = (found.Value, view);
        // Beyond the end: rows went away since the address was made.
        if (Rows is { Items.Count: 0, Total: > 0 })
            Go(view.At((Rows.Total - 1) / view.PageSize + 1, view.PageSize));
        return null;
    });

    protected void OnSearch(string? text) => Go(View.Searching(text));

    protected void Go(TView view) => Navigation.NavigateTo(view.Url, replace: true);

    protected string UrlAt(int page, int pageSize) => View.At(page, pageSize).Url;
}
