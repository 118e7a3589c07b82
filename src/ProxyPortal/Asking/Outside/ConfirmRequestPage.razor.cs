using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Links;

namespace ProxyPortal.Asking.Outside;

/// <summary>Where the link leads that proves the address of a request: the button shows the request to those who decide, and nothing else does.</summary>
public partial class ConfirmRequestPage
{
    private string? _mail;
    private bool _isConfirmed;

    [Inject]
    private AccessRequests Requests { get; init; } = null!;

    protected override LinkPurpose Purpose => LinkPurpose.ConfirmRequest;

    protected override Task ReadAsync(OneTimeLink link)
    {
        _mail = link.SentTo;
        return Task.CompletedTask;
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result confirmed = await Requests.ConfirmAsync(Visitor, Token, Aborted);
        if (!confirmed.Succeeded)
        {
            Close();
            return;
        }
        _isConfirmed = true;
        Forget();
    }
}
