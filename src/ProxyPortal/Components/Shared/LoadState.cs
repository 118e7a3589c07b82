namespace ProxyPortal.Components.Shared;

/// <summary>How far the reading of a page has come.</summary>
/// <param name="Phase">Which of the frames is shown.</param>
/// <param name="Text">Why it failed, when a person may know; otherwise the words that hold for every failure.</param>
/// <param name="IncidentId">Also in the log; null when nothing broke.</param>
public sealed record LoadState(LoadPhase Phase, string? Text = null, string? IncidentId = null)
{
    public static LoadState Loading { get; } = new(LoadPhase.Loading);

    public static LoadState Ready { get; } = new(LoadPhase.Ready);

    public static LoadState Refused { get; } = new(LoadPhase.Refused);

    public bool IsReady => Phase is LoadPhase.Ready;
}

public enum LoadPhase
{
    Loading,
    Ready,

    /// <summary>Missing, or not for this person: both look alike.</summary>
    Refused,
    Failed,
}
