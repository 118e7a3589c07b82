namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>What else is to be known of a client before it is told to somebody.</summary>
[Flags]
public enum ClientTraits
{
    None = 0,

    /// <summary>Holds no secret: asks for it, or leaves that to its programs.</summary>
    AsksForSecret = 1,

    /// <summary>The secret stands on a command line, where a process list and a history show it.</summary>
    SecretOnCommandLine = 2,

    /// <summary>The secret stands where every user of the machine, or of a container, can read it.</summary>
    SecretReadableByOthers = 4,

    /// <summary>Sends logins and secrets in Latin-1, and nothing beyond it.</summary>
    SendsLatin1 = 8,

    /// <summary>Tries a ticket first and does not come back to Basic.</summary>
    StopsAtNegotiate = 16,

    /// <summary>Chooses the strongest offered scheme instead of the first one.</summary>
    PicksStrongest = 32,

    /// <summary>Keeps Basic off tunnels unless told otherwise.</summary>
    TunnelsNeedFlag = 64,

    SocksNeedsPackage = 128,

    /// <summary>Speaks SOCKS, never with a login.</summary>
    NeverSignsInToSocks = 256,

    /// <summary>Speaks TLS to a proxy only when a PAC file says so.</summary>
    TlsOnlyByPac = 512,

    /// <summary>Reads its entries for servers; only some programs look up a proxy there.</summary>
    MadeForServers = 1024,

    /// <summary>Keeps credentials and speaks to nobody.</summary>
    OnlyKeeps = 2048,
}
