using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Asking.Outside;

/// <summary>Asks for access without having an account. What comes back is the same whoever asks.</summary>
public partial class RequestAccessPage
{
    private bool _isAsked;
    private RequestForm? _form;

    [Inject]
    private AccessRequests Requests { get; init; } = null!;

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result asked = await Requests.AskAsync(Visitor, _form!.Read(), Aborted);
        if (asked.Error is { } error)
            Refuse(error);
        else
            _isAsked = true;
    }
}
