using System.Text;

namespace ProxyPortal.Core.Tests.Publishing.Clients.Readers;

/// <summary>Files of <c>name=value</c> lines, each after the rules of its tool.</summary>
internal static class LineReader
{
    /// <summary>wget's init.c: blanks around name and value go, # starts a comment line only. Run once by hand with wget 1.21.</summary>
    internal static Dictionary<string, string> Wget(string text) => Pairs(text, "#");

    /// <summary>Python's RawConfigParser, which pip uses: no interpolation, comment lines only. Compared once by hand with Python 3.11.</summary>
    internal static Dictionary<string, string> Pip(string text) => Pairs(text.Replace("[global]\n", "", StringComparison.Ordinal), "#;");

    /// <summary>pam_env's _parse_env_file: everything behind a # goes, then one pair of quotes; there are no escapes. Not compared with PAM.</summary>
    internal static Dictionary<string, string> PamEnvironment(string text) => Pairs(Uncommented(text), "").ToDictionary(
        pair => pair.Key, pair => pair.Value is ['"', .. string inner, '"'] ? inner : pair.Value);

    /// <summary>npm's ini package: values end at an unescaped # or ;, values in quotes are JSON, and npm replaces <c>${NAME}</c>.
    /// Run once by hand with npm.</summary>
    internal static Dictionary<string, string> Npm(string text) => Pairs(text, "#;").ToDictionary(pair => pair.Key, pair =>
        pair.Value.AsSpan().IndexOfAny("#;\\\"'") < 0 && !pair.Value.Contains("${", StringComparison.Ordinal) ? pair.Value : throw new FormatException(pair.Value));

    private static Dictionary<string, string> Pairs(string text, string comments) => text.Split('\n').Select(line => line.Trim())
        .Where(line => line.Length > 0 && !comments.Contains(line[0], StringComparison.Ordinal))
        .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)].Trim(), line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());

    private static string Uncommented(string text)
    {
        var kept = new StringBuilder();
        foreach (string line in text.Split('\n'))
            kept.Append(line.Split('#')[0]).Append('\n');
        return kept.ToString();
    }
}
