using System.Collections.Frozen;

namespace ProxyPortal.Credentials.Guessable;

/// <summary>The passwords that leaks name most often, commonest first (decision 0018). Shipped with the portal: nothing is asked of anyone.</summary>
internal static class CommonPasswords
{
    private const string Resource = "ProxyPortal.Credentials.Guessable.common-passwords.txt";
    private static readonly Lazy<(FrozenDictionary<string, int> Ranks, int Longest)> List = new(Load);

    /// <summary>The length of the longest.</summary>
    public static int Longest => List.Value.Longest;

    /// <summary>How common <paramref name="text"/> (small letters) is, from 1; null when it is not in the list.</summary>
    public static int? RankOf(ReadOnlySpan<char> text) => List.Value.Ranks.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int rank) ? rank : null;

    private static (FrozenDictionary<string, int>, int) Load()
    {
        using Stream stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is missing.");
        using var reader = new StreamReader(stream);
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            ranks.TryAdd(line, ranks.Count + 1);
        return (ranks.ToFrozenDictionary(StringComparer.Ordinal), ranks.Keys.Max(word => word.Length));
    }
}
