using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Groups.Effective;

/// <summary>The rules that hold for a user, or for a group's members, each with what decides it.</summary>
public partial class EffectivePolicyPanel
{
    private EffectivePolicy? _policy;
    private (Guid?, Guid?, long) _shown;

    /// <summary>The user; null for a group's panel.</summary>
    [Parameter]
    public Guid? UserId { get; set; }

    /// <summary>The group; null for a user's panel.</summary>
    [Parameter]
    public Guid? GroupId { get; set; }

    /// <summary>Another number: something that the policy follows from was changed.</summary>
    [Parameter]
    public long Version { get; set; }

    [Inject]
    public required EffectivePolicyService Policies { get; init; }

    private string Sentence => UserId is not null ? "The strictest of all groups, line by line, and which of them decides." : "What holds for who is in this group only.";

    protected override Task OnParametersSetAsync()
    {
        if (_shown == (UserId, GroupId, Version))
            return Task.CompletedTask;
        _shown = (UserId, GroupId, Version);
        return ReloadAsync();
    }

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<EffectivePolicy> found = UserId is { } user ? await Policies.OfUserAsync(actor, user, Gone) : await Policies.OfGroupAsync(actor, GroupId!.Value, Gone);
        if (found.Succeeded)
            _policy = found.Value;
        return found.Error;
    });

    // Who may not read groups gets no links that lead nowhere.
    private string? Url(PolicySource source) => source.Id is not { } id || !May(Permission.ReadGroups) ? null
        : source.Kind is PolicySourceKind.Group ? PortalUrls.Group(id) : PortalUrls.ExpiryPolicy(id);
}
