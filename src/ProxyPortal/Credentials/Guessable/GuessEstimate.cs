namespace ProxyPortal.Credentials.Guessable;

/// <summary>
/// How many guesses someone needs who knows how people make passwords: common ones, repeated, in rows of the keyboard, counted up, with a
/// year behind. A password is as hard as its cheapest reading, piece by piece (after zxcvbn, Wheeler 2016). Length alone does not help:
/// <c>password12345678</c> has sixteen characters and falls at once.
/// </summary>
internal static class GuessEstimate
{
    // Powers of ten: what an unknown sign costs, and what it costs to find how two pieces go together.
    private const double OfASign = 1;
    private const double OfAJoint = 0.5;
    private const double OfARepetition = 0.5;
    private const double OfARun = 1.5;
    private const double OfAYear = 2;
    private const double OfDisguise = 0.3;
    private const int ShortestWord = 3;
    private const int ShortestRun = 3;

    // A longer one has other pieces enough.
    private const int LongestLookedAt = 128;

    private static readonly string[] Rows = ["1234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p"];

    /// <summary>The decimal logarithm of the guesses.</summary>
    public static double Log10(string password)
    {
        string text = password.ToLowerInvariant();
        if (text.Length > LongestLookedAt)
            text = text[..LongestLookedAt];
        string plain = Undisguised(text);
        double[] cheapest = new double[text.Length + 1];
        for (int end = 1; end <= text.Length; end++)
        {
            cheapest[end] = cheapest[end - 1] + OfASign;
            for (int start = end - ShortestWord; start >= 0; start--)
                cheapest[end] = Math.Min(cheapest[end], cheapest[start] + CostOf(text, plain, start, end) + OfAJoint);
        }
        return cheapest[text.Length];
    }

    private static double CostOf(string text, string plain, int start, int end)
    {
        int length = end - start;
        ReadOnlySpan<char> piece = text.AsSpan(start, length);
        double cost = double.PositiveInfinity;
        if (length <= CommonPasswords.Longest)
        {
            if (CommonPasswords.RankOf(piece) is { } rank)
                cost = Math.Log10(rank);
            else if (CommonPasswords.RankOf(plain.AsSpan(start, length)) is { } disguised)
                cost = Math.Log10(disguised) + OfDisguise;
        }
        if (start >= length && piece.SequenceEqual(text.AsSpan(start - length, length)))
            cost = Math.Min(cost, OfARepetition);
        if (length == 4 && IsYear(piece))
            cost = Math.Min(cost, OfAYear);
        if (length >= ShortestRun && IsRun(piece))
            cost = Math.Min(cost, OfARun);
        return cost;
    }

    // 4567, gfedc, aaaaa, or along a row of the keyboard either way.
    private static bool IsRun(ReadOnlySpan<char> piece)
    {
        int step = piece[1] - piece[0];
        if (step is >= -1 and <= 1)
        {
            int at = 1;
            while (at < piece.Length && piece[at] - piece[at - 1] == step)
                at++;
            if (at == piece.Length)
                return true;
        }
        foreach (string row in Rows)
        {
            if (piece.Length <= row.Length && (row.AsSpan().Contains(piece, StringComparison.Ordinal) || IsBackwards(row, piece)))
                return true;
        }
        return false;
    }

    private static bool IsBackwards(string row, ReadOnlySpan<char> piece)
    {
        int first = row.IndexOf(piece[0], StringComparison.Ordinal);
        if (first - piece.Length + 1 < 0)
            return false;
        for (int i = 0; i < piece.Length; i++)
        {
            if (row[first - i] != piece[i])
                return false;
        }
        return true;
    }

    private static bool IsYear(ReadOnlySpan<char> piece) =>
        (piece.StartsWith("19", StringComparison.Ordinal) || piece.StartsWith("20", StringComparison.Ordinal)) && char.IsAsciiDigit(piece[2]) && char.IsAsciiDigit(piece[3]);

    // The signs that people put for letters, one for one.
    private static string Undisguised(string text) => string.Create(text.Length, text, (plain, source) =>
    {
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = source[i] switch
            {
                '4' or '@' => 'a',
                '8' => 'b',
                '3' => 'e',
                '6' or '9' => 'g',
                '1' or '!' => 'i',
                '0' => 'o',
                '5' or '$' => 's',
                '7' or '+' => 't',
                '2' => 'z',
                var other => other,
            };
        }
    });
}
