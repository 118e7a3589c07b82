using System.Buffers;
using System.Text;
using ProxyPortal.Core.Secrets;

namespace ProxyPortal.Account.Passwords;

/// <summary>What may be said of a password that is allowed all the same: some programs cannot send it.</summary>
internal static class PasswordHints
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(":@/\\\"'%#?");

    public static string? Of(string password)
    {
        if (PasswordText.Prepare(password, out _) is null)
            return null;
        var awkward = new List<string>();
        if (!Ascii.IsValid(password))
            awkward.Add("letters beyond plain ASCII");
        if (password.Contains(' ', StringComparison.Ordinal))
            awkward.Add("spaces");
        if (password.AsSpan().ContainsAny(Signs))
            awkward.Add("signs such as : @ / % # \"");
        return awkward.Count == 0 ? null : $"It holds {string.Join(" and ", awkward)}. That is allowed, but some programs cannot send it to a proxy when it is written into an address or a script.";
    }
}
