namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Login and secret at one place.</summary>
internal sealed record PastedLogin(Piece Login, Piece? Secret, LoginForm Form)
{
    /// <summary>Splits <c>login:secret</c>.</summary>
    internal static PastedLogin Of(Piece userInfo, LoginForm form)
    {
        int colon = userInfo.Text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new(userInfo, null, form)
            : new(userInfo with { To = userInfo.From + colon }, userInfo with { From = userInfo.From + colon + 1 }, form);
    }
}
