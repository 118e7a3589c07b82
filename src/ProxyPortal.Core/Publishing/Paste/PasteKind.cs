namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>What a pasted text is written for.</summary>
public enum PasteKind
{
    Environment = 0,
    CurlRc = 1,
    Wgetrc = 2,
    Npmrc = 3,
    Git = 4,
    Pip = 5,
    Apt = 6,
    Docker = 7,
    Maven = 8,
    Gradle = 9,
    Java = 10,
    WindowsRegistry = 11,
    Pac = 12,
    Url = 13,
    Systemd = 14,
}
