namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>What is wrong at one place of a pasted text.</summary>
public enum PasteTrouble
{
    WrongHost = 0,
    WrongPort = 1,
    MissingPort = 2,

    /// <summary>The scheme says how to speak to the proxy itself, not to the site: <c>https://</c> in HTTPS_PROXY of a plain proxy is the
    /// commonest mistake of all.</summary>
    WrongTransport = 3,

    /// <summary>A scheme is left out where the client does not guess it, or guesses wrong.</summary>
    MissingTransport = 4,

    /// <summary>A scheme stands where the client wants the host alone.</summary>
    TransportNotTaken = 5,

    /// <summary>The endpoint is reached in a way this client does not know; no text can help.</summary>
    TransportNotSpoken = 6,

    WrongLogin = 7,
    LoginNotEncoded = 8,

    /// <summary>What surrounds the mask keeps the URL from being split where it was meant to be.</summary>
    SecretNotEncoded = 9,

    /// <summary>curl reads <c>http_proxy</c> in small letters only.</summary>
    UpperCaseHttpProxyIgnored = 10,

    OnlyOneOfTwo = 11,

    /// <summary>The client takes no credentials in this place (Java: not to open a tunnel).</summary>
    CredentialsIgnored = 12,

    ProxyDisabled = 13,

    /// <summary>Two values for one setting, and they differ.</summary>
    SetTwice = 14,

    NoProxyCoversAll = 15,

    /// <summary>Quotes where they are no syntax become part of the value.</summary>
    QuotesKept = 16,

    /// <summary>systemd expands <c>%</c> everywhere.</summary>
    PercentNotDoubled = 17,
}
