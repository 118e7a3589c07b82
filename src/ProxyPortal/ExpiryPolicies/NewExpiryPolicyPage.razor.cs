using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.ExpiryPolicies;

/// <summary>Adds a policy.</summary>
public partial class NewExpiryPolicyPage
{
    private readonly ExpiryPolicyDraft _draft = new();
    private bool _isCreated;

    protected override Guid? PolicyId => null;

    protected override ExpiryPolicyDraft? Draft => _draft;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(actor => Task.FromResult(actor.May(Permission.EditGroups) ? null : AccessControl.Forbidden));

    private Task CreateAsync() => _isCreated ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<ExpiryPolicyInput> input = _draft.ToInput();
        Result<bool> may = input.Error is { } wrong ? wrong : await MaySaveAsync(actor, input.Value);
        if (may is not { Succeeded: true, Value: true })
            return may.Error;
        Result<Guid> created = await Policies.CreateAsync(actor, input.Value, CancellationToken.None);
        if (created.Error is { } fault)
            return fault;
        _isCreated = true;
        Notifier.Done($"{input.Value.Name} added");
        GoOn(PortalUrls.ExpiryPolicy(created.Value));
        return null;
    });
}
