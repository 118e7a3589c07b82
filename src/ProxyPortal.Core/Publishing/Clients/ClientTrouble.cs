namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>What stands between a client and an endpoint. The first five stop it.</summary>
public enum ClientTrouble
{
    SpeaksNoOfferedScheme = 0,
    NoTlsToProxy = 1,
    TlsOnlyByPac = 2,
    NoSocks = 3,
    NeverSignsInToSocks = 4,
    NegotiateWithoutTicketStops = 5,
    JavaTunnelsNeedFlag = 6,
    SocksNeedsPackage = 7,
    SecretInClear = 8,
    SecretBeyondAscii = 9,
    SecretOnCommandLine = 10,
    SecretReadableByOthers = 11,
    CannotKeepSecret = 12,
    MadeForServers = 13,
}
