using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Setup;

/// <summary>Step 5: the first user, with no more than is needed.</summary>
public partial class FirstUserPage
{
    private string _userId = "";
    private string _displayName = "";
    private string _email = "";
    private CreatedUser? _created;
    private string? _link;

    [Inject]
    public required UserService Users { get; init; }

    private Task CreateAsync() => SubmitAsync(async actor =>
    {
        if (_created is not null)
            return null;
        var input = new UserInput { UserId = _userId.Trim(), DisplayName = _displayName, Email = string.IsNullOrWhiteSpace(_email) ? null : _email.Trim() };
        Result<CreatedUser> created = await Users.CreateAsync(actor, input, CancellationToken.None);
        if (created.Error is { } fault)
            return fault;
        // The link leaves this object with "I saved it", so nothing here keeps a second copy of it.
        _link = created.Value.PasswordLink.Url;
        _created = created.Value with { PasswordLink = created.Value.PasswordLink with { Url = "", Token = "" } };
        return null;
    });
}
