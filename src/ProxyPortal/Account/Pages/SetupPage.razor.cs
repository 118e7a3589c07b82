using Microsoft.AspNetCore.Components;
using ProxyPortal.Account.FirstRun;
using ProxyPortal.Account.Passkeys;
using ProxyPortal.Account.Passwords;
using ProxyPortal.Account.SignIn;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Links;
using ProxyPortal.Users;

namespace ProxyPortal.Account.Pages;

public partial class SetupPage
{
    // The form must be there to receive a post; whether its link works is then decided with the post.
    private bool _isOpen = true;

    [Inject]
    private FirstRunService FirstRun { get; init; } = null!;

    [Inject]
    private PasskeyService Passkeys { get; init; } = null!;

    [Inject]
    private SignInService SignIn { get; init; } = null!;

    [Inject]
    private LinkCookie Links { get; init; } = null!;

    private string? Token => Links.Read(HttpContext, LinkPurpose.Setup);

    protected override async Task OnInitializedAsync()
    {
        if (IsPost)
            return;
        if (HttpContext.Request.QueryString.HasValue)
        {
            if (!await FirstRun.HasAdministratorAsync(Aborted) && await Links.AcceptAsync(HttpContext, Query("token"), LinkPurpose.Setup, Aborted))
                Navigation.NavigateTo(PortalUrls.Setup);
            else
                Close();
        }
        else if (!await FirstRun.IsOpenAsync(Token, Aborted))
        {
            Close();
        }
    }

    private async Task SubmitAsync()
    {
        if (!ReadForm())
            return;
        var input = new FirstAdministrator(Field("userId"), Field("displayName"), Field("email"), Field("password"));
        if (Field("credential") is { Length: > 0 } credential)
        {
            Result<FirstPasskey> passkey = await Passkeys.AttestFirstAsync(HttpContext, input.UserId, credential);
            if (passkey.Error is { } refused)
            {
                Refuse(refused);
                return;
            }
            input = input with { Password = null, Passkey = passkey.Value };
        }
        Result<User> created = await FirstRun.CreateAdministratorAsync(Visitor, Token, input, Aborted);
        if (created.Error is { } error)
        {
            if (error == PasswordService.LinkInvalid)
                Close();
            else
                Refuse(error, error == PasswordService.Overloaded ? StatusCodes.Status503ServiceUnavailable : null);
            return;
        }
        Links.Clear(HttpContext, LinkPurpose.Setup);
        await using PortalDbContext db = await Contexts.CreateDbContextAsync(Aborted);
        if (input.Passkey is not null)
            await SignIn.CompleteAsync(HttpContext, created.Value, "passkey", Aborted);
        else
            await SignIn.AfterPasswordAsync(HttpContext, db, created.Value, keep: false, failedBefore: 0, Aborted);
        Navigation.NavigateTo($"{PortalUrls.EnrolSecondFactor}?setup=1");
    }

    private void Close()
    {
        _isOpen = false;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
