using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients;

/// <summary>Secrets that look for trouble: mostly characters that some format takes for its own. The same ones in every run.</summary>
internal static class Fuzzed
{
    private static readonly string[] Special =
    [
        " ", ":", "%", "+", "@", "/", "\\", "\"", "'", "$", "`", "#", ";", "&", "<", ">", "!", "=", "{", "}", "[", "]", "(", ")", "^", "|", "~", "*", "?", ",",
        "${HOME}", "%41", "%n", "%%", "\\n", "\\u0041", "\\\\", "''", "\"\"", "]]>", "<!--", "&amp;", "$(id)", "{x}", "//", "--",
        "\u00E9", "\u00DF", "\u00A0", "\u2019", "\u2018", "\u201B", "\u201C", "\u3042", "\u0416", "\U0001F600", "e\u0301", "\u202E", "\u200B", "\u3000",
    ];

    internal static List<string> Secrets(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => i < Special.Length ? Special[i] : Secret(random))];
    }

    private static string Secret(Random random)
    {
        var secret = new StringBuilder();
        // Half of them in ASCII, so that a format which refuses the rest is still tried.
        bool isAscii = random.Next(2) == 0;
        int length = random.Next(1, random.Next(2, 65));
        while (secret.Length == 0 || secret.Length < length)
        {
            string next = random.Next(3) > 0 ? Special[random.Next(Special.Length)] : ((char)random.Next(' ', '~' + 1)).ToString();
            if (!isAscii || Ascii.IsValid(next))
                secret.Append(next);
        }
        return secret.ToString();
    }
}
