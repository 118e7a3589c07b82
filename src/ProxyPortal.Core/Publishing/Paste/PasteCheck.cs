namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>What is wrong in a proxy setting that somebody pasted because it does not work.</summary>
public static class PasteCheck
{
    /// <summary>Longer than any setting. Some formats look at each line for each line, and anybody may paste.</summary>
    public const int MaxLength = 10_000;

    // A correction may uncover a trouble (a value copied for https), but each round leaves fewer.
    private const int MaxRounds = 8;

    /// <summary>Compares <paramref name="text"/>, its secrets masked, with the endpoints the reader may use. A null <paramref name="login"/> is
    /// not compared; without targets only what the text alone shows is reported. Errors: <c>paste_empty</c>, <c>paste_too_long</c>,
    /// <c>paste_unreadable</c>.</summary>
    public static Result<PasteReport> Look(string text, IReadOnlyList<PasteTarget> targets, string? login)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new Error("paste_empty", "Paste the setting that does not work.", "text");
        if (text.Length > MaxLength)
            return Error.Of("paste_too_long", $"Paste the lines about the proxy only: {MaxLength} characters are the most.", "text");
        if (PasteJudgement.Of(text, targets, login) is not PasteJudgement judgement)
            return new Error("paste_unreadable", "No proxy setting was recognised in this text.", "text");
        return new PasteReport(judgement.Format.Kind, judgement.Findings, Correct(text, judgement, targets, login), judgement.Endpoint);
    }

    private static string? Correct(string text, PasteJudgement first, IReadOnlyList<PasteTarget> targets, string? login)
    {
        if (first.Findings.Count == 0)
            return null;
        PasteJudgement? judgement = first;
        for (int round = 0; round < MaxRounds && judgement?.Edits.Count > 0 && text.Length <= MaxLength; round++)
        {
            text = PasteEdit.Apply(text, judgement.Edits);
            judgement = PasteJudgement.Of(text, targets, login);
            if (judgement?.Findings.Count == 0)
                return text.Length <= MaxLength ? text : null;
        }
        return null;
    }
}
