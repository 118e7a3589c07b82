namespace ProxyPortal.Components.Shared;

/// <summary>What one message of a circuit can carry: SignalR's own 32 KB, so that nobody makes the portal hold more for them. Whoever sends a longer one loses the page and what
/// was typed into it.</summary>
public static class CircuitMessage
{
    /// <summary>Characters of one field: at three bytes each they fit, with what surrounds them.</summary>
    public const int LongestText = 10_000;
}
