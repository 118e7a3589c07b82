using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>All policies. They are few, so one answer holds all that match.</summary>
public partial class ExpiryPoliciesPage
{
    private const int Most = 200;
    private const int GroupsShown = 3;
    private PageOf<ExpiryPolicySummary> _all = new([], 0);
    private string? _shown;
    private bool _isRead;

    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    [Inject]
    public required ExpiryPolicyService Policies { get; init; }

    protected override Task OnParametersSetAsync() => _isRead && _shown == Search ? Task.CompletedTask : ReloadAsync();

    private static string UsedBy(ExpiryPolicySummary policy) => policy.Groups.Count switch
    {
        0 => policy.Fields.IsDefault ? "For whoever has no other" : "No group names it",
        <= GroupsShown => string.Join(", ", policy.Groups),
        var count => $"{string.Join(", ", policy.Groups.Take(GroupsShown))} and {count - GroupsShown} more",
    };

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<PageOf<ExpiryPolicySummary>> all = await Policies.ListAsync(actor, Search, 0, Most, Gone);
        if (all.Succeeded)
            (_all, _shown, _isRead) = (all.Value, Search, true);
        return all.Error;
    });

    private void OnSearch(string? text) => Navigation.NavigateTo(PortalUrls.ExpiryPoliciesMatching(text), replace: true);
}
