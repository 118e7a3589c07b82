using Microsoft.AspNetCore.Components;
using ProxyPortal.Links;

namespace ProxyPortal.Account;

/// <summary>What the pages share to which a one-time link leads: the token moves from the address into a cookie, and looking uses nothing up.</summary>
public abstract class LinkPage : AccountPage
{
    [Inject]
    private LinkCookie Cookie { get; init; } = null!;

    [Inject]
    public required OneTimeLinks Links { get; init; }

    /// <summary>The form must be there to receive a post; whether its link works is then decided with the post.</summary>
    protected bool IsOpen { get; private set; } = true;

    protected abstract LinkPurpose Purpose { get; }

    protected string? Token => Cookie.Read(HttpContext, Purpose);

    protected override async Task OnInitializedAsync()
    {
        if (!IsPost && HttpContext.Request.QueryString.HasValue)
        {
            if (await Cookie.AcceptAsync(HttpContext, Query("token"), Purpose, Aborted))
                Navigation.NavigateTo(HttpContext.Request.Path);
            else
                Close();
            return;
        }
        OneTimeLink? link = await Links.FindAsync(Token, Purpose, Aborted);
        if (link is not null)
            await ReadAsync(link);
        else if (!IsPost)
            Close();
    }

    /// <summary>Reads what the page says of a link that works.</summary>
    protected abstract Task ReadAsync(OneTimeLink link);

    /// <summary>The link was used up.</summary>
    protected void Forget() => Cookie.Clear(HttpContext, Purpose);

    protected void Close()
    {
        IsOpen = false;
        HttpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
