using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Groups;

/// <summary>Adds a group, and goes on to it: members are added there.</summary>
public partial class NewGroupPage
{
    private readonly GroupDraft _draft = new();
    private GroupChoices _choices = GroupChoices.None;
    private bool _isCreated;

    [Inject]
    public required GroupService Groups { get; init; }

    protected override bool SaysFaults => true;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        if (!actor.May(Permission.EditGroups))
            return AccessControl.Forbidden;
        Result<GroupChoices> choices = await Groups.ChoicesAsync(actor, Gone);
        if (choices.Succeeded)
            _choices = choices.Value;
        return choices.Error;
    });

    private Task CreateAsync() => _isCreated ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<GroupInput> input = _draft.ToInput();
        Result<Guid> created = input.Error is { } wrong ? wrong : await Groups.CreateAsync(actor, input.Value, CancellationToken.None);
        if (created.Error is { } fault)
            return fault;
        _isCreated = true;
        Notifier.Done($"{input.Value.Name} added");
        GoOn(PortalUrls.Group(created.Value));
        return null;
    });
}
