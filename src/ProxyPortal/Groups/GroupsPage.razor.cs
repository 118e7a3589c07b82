using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;

namespace ProxyPortal.Groups;

/// <summary>The list of groups.</summary>
public partial class GroupsPage
{
    [Inject]
    public required GroupService Groups { get; init; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Descending { get; set; }

    private string Total => Count(Rows.Total, "group");

    protected override GroupListView ReadAddress() => GroupListView.Read(Search, Sort, Descending, Page, PageSize);

    protected override Task<Result<PageOf<GroupSummary>>> ReadRowsAsync(Actor actor, GroupListView view) => Groups.ListAsync(actor, view.Query, Gone);

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string RulesOf(GroupSummary group)
    {
        string[] rules =
        [
            group.Endpoints.Count == 0 ? "every endpoint" : string.Join(", ", group.Endpoints),
            .. group.Schemes is { } schemes ? [string.Join(", ", AuthScheme.Names(schemes))] : Array.Empty<string>(),
            .. group.ExpiryPolicy is { } policy ? [$"policy {policy}"] : Array.Empty<string>(),
        ];
        return string.Join(" · ", rules);
    }

    private RenderFragment SortBy(string label, string field) => builder =>
    {
        builder.OpenComponent<SortLink>(0);
        builder.AddComponentParameter(1, nameof(SortLink.Label), label);
        builder.AddComponentParameter(2, nameof(SortLink.Url), View.SortedBy(field).Url);
        builder.AddComponentParameter(3, nameof(SortLink.IsSorted), View.IsSortedBy(field));
        builder.AddComponentParameter(4, nameof(SortLink.Descending), View.Descending);
        builder.CloseComponent();
    };
}
