namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Which requests a setting is for.</summary>
internal enum PasteSlot
{
    Any = 0,
    Http = 1,
    Https = 2,
}
