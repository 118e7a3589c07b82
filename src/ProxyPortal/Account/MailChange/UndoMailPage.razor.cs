using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Links;

namespace ProxyPortal.Account.MailChange;

/// <summary>Where the link leads that went to the former address: the button takes the change back, and nothing else.</summary>
public partial class UndoMailPage
{
    private string? _mail;
    private string? _restored;

    [Inject]
    private MailChangeService MailChanges { get; init; } = null!;

    protected override LinkPurpose Purpose => LinkPurpose.UndoMail;

    protected override Task ReadAsync(OneTimeLink link)
    {
        _mail = link.SentTo;
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result<string> undone = await MailChanges.UndoAsync(Visitor, Token, Aborted);
        if (!undone.Succeeded)
        {
            Close();
            return;
        }
        _restored = undone.Value;
        Forget();
    }
}
