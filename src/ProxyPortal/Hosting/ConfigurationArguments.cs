namespace ProxyPortal.Hosting;

/// <summary>Takes the configuration out of the command line (<c>--Portal:PublicUrl=…</c>, <c>--Portal:PublicUrl …</c>), so that the rest
/// can be held to be exactly a verb and its arguments: a mistyped option is then a fault, not a file name.</summary>
internal static class ConfigurationArguments
{
    private static readonly string[] HostKeys = ["--environment", "--contentRoot", "--applicationName", "--urls"];

    /// <returns>The configuration tokens and all others.</returns>
    public static (string[] Configuration, string[] Words) Split(string[] args)
    {
        List<string> configuration = [];
        List<string> words = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (!IsKey(args[i]))
            {
                words.Add(args[i]);
                continue;
            }
            configuration.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
                configuration.Add(args[++i]);
        }
        return ([.. configuration], [.. words]);
    }

    private static bool IsKey(string token)
    {
        string key = token.Split('=')[0];
        return token.StartsWith("--", StringComparison.Ordinal)
            && (key.Contains(':', StringComparison.Ordinal) || HostKeys.Contains(key, StringComparer.OrdinalIgnoreCase));
    }
}
