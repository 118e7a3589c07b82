using System.Text;

namespace ProxyPortal.Core.Secrets;

/// <summary>The base 64 of crypt(3): its own alphabet, least significant six bits first.</summary>
internal static class CryptBase64
{
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Appends 24 bits as <paramref name="length"/> characters.</summary>
    public static void Append(StringBuilder text, int high, int middle, int low, int length = 4)
    {
        int bits = (high << 16) | (middle << 8) | low;
        for (int i = 0; i < length; i++, bits >>= 6)
            text.Append(Alphabet[bits & 63]);
    }

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '/'))
                return false;
        }
        return true;
    }
}
