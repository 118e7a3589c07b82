using System.Globalization;
using System.Text;

namespace ProxyPortal.Core.Http;

/// <summary>The text of one challenge (RFC 9110 §11.6.1), to stand in a header line of its own.</summary>
public static class Challenge
{
    /// <summary>The schemes of <paramref name="offered"/> for which there is a challenge, strongest first.</summary>
    public static AuthSchemes Among(AuthSchemes offered) => offered & AuthScheme.Verifiable;

    /// <summary>Basic, with the hint that names and passwords are UTF-8 (RFC 7617 §2.1).</summary>
    public static string Basic(string realm) => $"Basic realm={Quote(realm)}, charset=\"UTF-8\"";

    /// <summary><paramref name="text"/> as a quoted-string (RFC 9110 §5.6.4), ASCII only. Control characters, which no quoted-string can hold
    /// and which would end the line, become spaces. Other letters stand as the <c>%XX</c> of their UTF-8: header text has no encoding
    /// that all clients agree on, and the server sends none.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (b >= 0x80)
                quoted.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            else if (b is (byte)'"' or (byte)'\\')
                quoted.Append('\\').Append((char)b);
            else
                quoted.Append(b is < 0x20 or 0x7F ? ' ' : (char)b);
        }
        return quoted.Append('"').ToString();
    }
}
