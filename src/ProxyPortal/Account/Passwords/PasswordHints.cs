using System.Buffers;
using System.Text;
using Microsoft.Extensions.Localization;
using ProxyPortal.Core.Secrets;

namespace ProxyPortal.Account.Passwords;

/// <summary>What may be said of a password that is allowed all the same: some programs cannot send it.</summary>
internal static class PasswordHints
{
    private static readonly SearchValues<char> Signs = SearchValues.Create(":@/\\\"'%#?");

    public static string? Of(string password, IStringLocalizer<AccountTexts> words)
    {
        if (PasswordText.Prepare(password, out _) is null)
            return null;
        var awkward = new List<string>();
        if (!Ascii.IsValid(password))
            awkward.Add(words["letters beyond plain ASCII"]);
        if (password.Contains(' ', StringComparison.Ordinal))
            awkward.Add(words["spaces"]);
        if (password.AsSpan().ContainsAny(Signs))
            awkward.Add(words["signs such as : @ / % # \""]);
        return awkward.Count == 0 ? null : words["It holds {0}. That is allowed, but some programs cannot send it to a proxy when it is written into an address or a script.", string.Join(", ", awkward)].Value;
    }
}
