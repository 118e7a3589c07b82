using Microsoft.AspNetCore.Components;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Core;
using ProxyPortal.Links;

namespace ProxyPortal.Asking.Outside;

/// <summary>Where an invitation leads: the address is proved by it, the rest is asked like anybody.</summary>
public partial class InvitationPage
{
    private string? _mail;
    private bool _isAsked;
    private RequestForm? _form;

    [Inject]
    private AccessRequests Requests { get; init; } = null!;

    protected override LinkPurpose Purpose => LinkPurpose.Invitation;

    protected override Task ReadAsync(OneTimeLink link)
    {
        _mail = link.SentTo;
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result asked = await Requests.AskByInvitationAsync(Visitor, Token, _form!.Read(), Aborted);
        if (asked.Error == PasswordService.LinkInvalid)
        {
            Close();
            return;
        }
        if (asked.Error is { } error)
        {
            Refuse(error);
            return;
        }
        _isAsked = true;
        Forget();
    }
}
