using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>What is to happen to an endpoint.</summary>
public enum AnnouncedEnd
{
    /// <summary>Another endpoint takes its place.</summary>
    Replaced,

    /// <summary>Schemes end at it.</summary>
    Schemes,

    /// <summary>It ends, and nothing takes its place.</summary>
    Gone,
}

/// <summary>An announcement while it is written.</summary>
public sealed class AnnouncementDraft
{
    public string Endpoint { get; set; } = "";

    public AnnouncedEnd End { get; set; }

    public string Replacement { get; set; } = "";

    public HashSet<string> Schemes { get; } = [];

    public DateTimeOffset? EffectiveAt { get; set; }

    public string Comment { get; set; } = "";

    public bool RetiresByItself { get; set; }

    public static AnnouncementDraft Of(AnnouncementDetail row) => new() { Endpoint = row.Endpoint, EffectiveAt = row.EffectiveAt, Comment = row.Comment ?? "", RetiresByItself = row.RetiresByItself };

    /// <summary>What was chosen above but not named below. To the service it would mean that the endpoint ends.</summary>
    public Error? Missing => (End, Replacement, Schemes.Count) switch
    {
        (AnnouncedEnd.Replaced, "", _) => new Error("replacement_missing", "Choose the endpoint that takes its place.", "replacement"),
        (AnnouncedEnd.Schemes, _, 0) => new Error("schemes_missing", "Choose the schemes that end.", "endingSchemes"),
        _ => null,
    };

    public AnnouncementInput ToInput() => new()
    {
        Endpoint = Endpoint,
        Replacement = End is AnnouncedEnd.Replaced ? Replacement : null,
        EndingSchemes = End is AnnouncedEnd.Schemes ? [.. Schemes] : [],
        EffectiveAt = EffectiveAt,
        Comment = Comment,
        RetiresByItself = RetiresByItself,
    };

    /// <summary>As somebody reads it who may know of both endpoints; null while it says too little.</summary>
    public PlannedChange? Preview(IReadOnlyList<ConnectEndpoint> endpoints) =>
        Missing is null && EffectiveAt is { } at && endpoints.FirstOrDefault(one => one.Name == Endpoint) is { } endpoint
            ? new PlannedChange(Guid.Empty, endpoint, End is AnnouncedEnd.Replaced ? endpoints.FirstOrDefault(one => one.Name == Replacement) : null, ToInput().EndingSchemes, at,
                AnnouncementReading.TextOrNull(Comment))
            : null;
}
