namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>How a client reads what it is told.</summary>
[Flags]
internal enum PasteTraits
{
    None = 0,

    /// <summary>No scheme means <c>http://</c>.</summary>
    SchemeOptional = 1,

    /// <summary>A host without a scheme is all it takes.</summary>
    WithoutScheme = 2,

    /// <summary>It cannot reach a proxy over TLS or SOCKS in this way.</summary>
    OnlyHttp = 4,

    /// <summary>Ports and transports are the author's own business.</summary>
    HostOnly = 8,

    WithoutCredentials = 16,

    /// <summary>http and https are told apart, and neither stands in for the other.</summary>
    Paired = 32,

    /// <summary>A port left out is libcurl's 1080, whatever the scheme.</summary>
    Port1080 = 64,

    /// <summary>It knows <c>socks5</c> but not <c>socks5h</c>.</summary>
    Socks5Only = 128,
}
