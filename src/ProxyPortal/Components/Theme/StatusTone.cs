namespace ProxyPortal.Components.Theme;

/// <summary>How a state feels, whatever it is a state of. Pages map their own enums to a tone; the tone owns colour and default
/// icon.</summary>
public enum StatusTone
{
    /// <summary>Nothing to say about it: a kind, a count, a label.</summary>
    Neutral,

    /// <summary>Works as it should.</summary>
    Well,

    /// <summary>Works now, needs attention soon.</summary>
    Soon,

    /// <summary>Does not work, or is refused.</summary>
    Wrong,

    /// <summary>Switched off on purpose or not in use.</summary>
    Off,
}
