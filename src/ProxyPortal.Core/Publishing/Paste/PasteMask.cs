using System.Text;

namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>What stands for a secret: the browser took the secret out before anything was sent.</summary>
internal static class PasteMask
{
    internal const char Character = '\u2022';

    /// <summary>The mask of one secret.</summary>
    internal const string Text = "\u2022\u2022\u2022\u2022\u2022";

    private const string Allowed = "-._~!$&'()*+,;=:";

    /// <summary>Whether a URL can be split around this part of its user information.</summary>
    internal static bool IsEncoded(string part)
    {
        for (int i = 0; i < part.Length; i++)
        {
            if (!IsAllowed(part, i))
                return false;
        }
        return true;
    }

    /// <summary>Encodes what is not encoded, and leaves the mask and what is encoded already.</summary>
    internal static string Encode(string part)
    {
        var encoded = new StringBuilder(part.Length + 8);
        for (int i = 0, length; i < part.Length; i += length)
        {
            length = 1;
            if (IsAllowed(part, i))
            {
                encoded.Append(part[i]);
                continue;
            }
            if (char.IsSurrogatePair(part, i))
                length = 2;
            encoded.Append(Uri.EscapeDataString(part.AsSpan(i, length)));
        }
        return encoded.ToString();
    }

    private static bool IsAllowed(string part, int i) => part[i] == Character || char.IsAsciiLetterOrDigit(part[i])
        || Allowed.Contains(part[i], StringComparison.Ordinal)
        || part[i] == '%' && i + 2 < part.Length && char.IsAsciiHexDigit(part[i + 1]) && char.IsAsciiHexDigit(part[i + 2]);
}
