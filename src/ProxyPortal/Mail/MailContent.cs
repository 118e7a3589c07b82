namespace ProxyPortal.Mail;

/// <summary>What a mail says, before it is set: one matter, in plain words, with at most one thing to do.</summary>
/// <param name="Subject">Without a secret: it is shown in lists, here and on locked screens.</param>
/// <param name="Paragraphs">In order. Names in them are data: they are encoded, never read as a template.</param>
public sealed record MailContent(string Subject, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The one thing to do.</summary>
    public MailAct? Act { get; init; }

    /// <summary>A short value that is to be typed elsewhere, set large.</summary>
    public string? Code { get; init; }

    /// <summary>What is said after the act, smaller: that one may do nothing, say.</summary>
    public string? Aside { get; init; }

    /// <summary>An iCalendar file.</summary>
    public string? Calendar { get; init; }
}

/// <param name="Label">What following it does.</param>
/// <param name="Url">Absolute, on the public URL.</param>
public sealed record MailAct(string Label, string Url);
