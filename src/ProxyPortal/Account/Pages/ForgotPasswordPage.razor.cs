using Microsoft.AspNetCore.Components;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core;

namespace ProxyPortal.Account.Pages;

/// <summary>Asks for a link to a new password. What comes back is the same whoever was named.</summary>
public partial class ForgotPasswordPage
{
    private bool _isAsked;

    [Inject]
    private PasswordResets Resets { get; init; } = null!;

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result asked = await Resets.AskAsync(Visitor, Field("login"), Aborted);
        if (asked.Error is { } error)
            Refuse(error);
        else
            _isAsked = true;
    }
}
