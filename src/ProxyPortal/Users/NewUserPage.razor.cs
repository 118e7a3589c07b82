using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Links;

namespace ProxyPortal.Users;

/// <summary>Adds a user and shows the link by which they choose a password, once.</summary>
public partial class NewUserPage
{
    private UserDraft _draft = new();
    private CreatedUser? _created;
    private IssuedLink? _link;

    [Inject]
    public required UserService Users { get; init; }

    protected override bool SaysFaults => true;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(actor => Task.FromResult(actor.Role.Has(Permission.EditUsers) ? null : AccessControl.Forbidden));

    private Task CreateAsync() => _created is not null ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<CreatedUser> result = await Users.CreateAsync(actor, _draft.ToInput(), CancellationToken.None);
        if (result.Error is { } error)
            return error;
        _link = result.Value.PasswordLink;
        // Kept without the link: the page's copy of the secret goes when it was saved.
        _created = result.Value with { PasswordLink = new IssuedLink("", "", _link.ExpiresAt) };
        return null;
    });

    private void StartOver() => (_draft, Fault, _created, _link) = (new UserDraft(), null, null, null);
}
