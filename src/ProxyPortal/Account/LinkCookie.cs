using ProxyPortal.Links;

namespace ProxyPortal.Account;

/// <summary>Carries a link's token from its address into a short-lived cookie: the address bar, the history and the next page's referrer
/// must not keep it. Reading it uses nothing up.</summary>
internal sealed class LinkCookie(AccountCookies cookies, OneTimeLinks links)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <returns>Whether <paramref name="token"/> is a link of this purpose that still works; its cookie is then set.</returns>
    public async Task<bool> AcceptAsync(HttpContext context, string? token, LinkPurpose purpose, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(token, purpose, cancellationToken) is null)
            return false;
        cookies.Append(context, NameOf(purpose), token!, Lifetime);
        return true;
    }

    public string? Read(HttpContext context, LinkPurpose purpose) => cookies.Read(context, NameOf(purpose));

    public void Clear(HttpContext context, LinkPurpose purpose) => cookies.Delete(context, NameOf(purpose));

    private static string NameOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Setup => "pp-setup",
        LinkPurpose.SetPassword => "pp-set-password",
        LinkPurpose.SignIn => "pp-sign-in-link",
        LinkPurpose.PairDevice => "pp-pair-device",
        LinkPurpose.ConfirmMail => "pp-confirm-mail",
        LinkPurpose.UndoMail => "pp-undo-mail",
        LinkPurpose.ConfirmRequest => "pp-confirm-request",
        LinkPurpose.Invitation => "pp-invitation",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };
}
