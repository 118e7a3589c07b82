using Microsoft.AspNetCore.Components;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Core;
using ProxyPortal.Users;

namespace ProxyPortal.Account.MailChange;

public partial class ChangeMailPage
{
    private User? _user;
    private bool _isFresh;
    private string? _asked;

    [Inject]
    private MailChangeService MailChanges { get; init; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (Visitor.Id is not { } id)
            return;
        _user = await ReloadAsync(id);
        _isFresh = SessionPrincipal.IsFresh(HttpContext.User, Time.GetUtcNow());
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        Result<AskedMailChange> asked = await MailChanges.AskAsync(Visitor, Field("email"), Aborted);
        if (asked.Error is { } error)
            Refuse(error, error == MailChangeService.TooMany ? StatusCodes.Status429TooManyRequests : null);
        else
            _asked = Field("email").Trim();
    }
}
