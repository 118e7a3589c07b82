using System.Buffers;
using System.Text;

namespace ProxyPortal.Integrations.ForwardAuth;

/// <summary>Names as header values: whatever a name holds, it can neither end the line nor look like two names.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("!#$&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary><paramref name="name"/> with the UTF-8 bytes of everything but plain visible ASCII as <c>%XX</c>: blanks, commas, semicolons,
    /// quotes, backslashes and the percent sign too. A name without them comes back as it is.</summary>
    public static string Escape(string name)
    {
        if (!name.AsSpan().ContainsAnyExcept(Plain))
            return name;
        var text = new StringBuilder(name.Length * 2);
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            if (b < 0x80 && Plain.Contains((char)b))
                text.Append((char)b);
            else
                text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
