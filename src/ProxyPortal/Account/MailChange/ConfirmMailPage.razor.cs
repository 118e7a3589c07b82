using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Links;

namespace ProxyPortal.Account.MailChange;

/// <summary>Where the link leads that went to the new address: the button changes it, and nothing else.</summary>
public partial class ConfirmMailPage
{
    private string? _mail;
    private string? _confirmed;

    [Inject]
    private MailChangeService MailChanges { get; init; } = null!;

    protected override LinkPurpose Purpose => LinkPurpose.ConfirmMail;

    protected override Task ReadAsync(OneTimeLink link)
    {
        _mail = link.SentTo;
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result<string> confirmed = await MailChanges.ConfirmAsync(Visitor, Token, Aborted);
        if (!confirmed.Succeeded)
        {
            Close();
            return;
        }
        _confirmed = confirmed.Value;
        Forget();
    }
}
