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
    private IReadOnlyList<string> _groups = [];

    [Inject]
    public required UserService Users { get; init; }

    [Inject]
    public required UserPasswordLinks PasswordLinks { get; init; }

    protected override bool SaysFaults => true;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        if (!actor.May(Permission.EditUsers))
            return AccessControl.Forbidden;
        Result<IReadOnlyList<string>> groups = await Users.ListGroupsAsync(actor, Gone);
        _groups = groups.Succeeded ? groups.Value : [];
        return groups.Error;
    });

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

    private Task MailAsync() => ActAsync(async actor =>
    {
        if ((await PasswordLinks.MailAsync(actor, _created!.Id, CancellationToken.None)).Error is { } error)
            return error;
        // The link that was shown is void now.
        _link = null;
        Notifier.Done($"A link is on its way to {_draft.Email}");
        return null;
    });

    private void StartOver() => (_draft, Fault, _created, _link) = (new UserDraft(), null, null, null);
}
