namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>A trouble in English: why it is one, and what to do. The sentences are the keys of their translations.</summary>
public sealed record ClientTroubleWords(string Cause, string Cure)
{
    public static ClientTroubleWords Of(ClientTrouble trouble) => trouble switch
    {
        ClientTrouble.SpeaksNoOfferedScheme => new(
            "This client speaks none of the schemes that the endpoint offers.",
            "Let the endpoint offer Basic over TLS as well, or use another client."),
        ClientTrouble.NoTlsToProxy => new(
            "This client cannot speak TLS to a proxy.",
            "Use an endpoint without TLS on a network that you trust, or run a local proxy that speaks TLS to this one."),
        ClientTrouble.TlsOnlyByPac => new(
            "This client speaks TLS to a proxy only when a PAC file tells it to.",
            "Publish a PAC file for the endpoint and use its address."),
        ClientTrouble.NoSocks => new(
            "This client does not speak SOCKS5.",
            "Use an endpoint that speaks HTTP."),
        ClientTrouble.NeverSignsInToSocks => new(
            "This client speaks SOCKS5 but never sends a login.",
            "Use an endpoint that speaks HTTP, or allow the address of the device."),
        ClientTrouble.NegotiateWithoutTicketStops => new(
            "Some programs that read this setting try Negotiate or NTLM first and give up without a ticket.",
            "Leave Negotiate and NTLM off this endpoint, or choose Basic in the program itself, as git can."),
        ClientTrouble.JavaTunnelsNeedFlag => new(
            "Java does not send Basic when it asks for a tunnel, which every https address needs.",
            "Keep the empty property jdk.http.auth.tunneling.disabledSchemes, and set it before the first connection."),
        ClientTrouble.SocksNeedsPackage => new(
            "Python speaks SOCKS5 only with an additional package.",
            "Install PySocks first."),
        ClientTrouble.SecretInClear => new(
            "The secret crosses the network in clear on its way to the proxy.",
            "Use an endpoint with TLS where there is one, and a secret of its own for this device."),
        ClientTrouble.SecretBeyondAscii => new(
            "This client sends letters outside ASCII in another encoding than most.",
            "Use a generated secret, which is plain ASCII."),
        ClientTrouble.SecretOnCommandLine => new(
            "A command with the secret in it shows in the list of processes and in the history.",
            "Use a file that only you can read, or leave the secret out and let the program ask."),
        ClientTrouble.SecretReadableByOthers => new(
            "Others on the same machine, or programs in its containers, can read the secret here.",
            "Use a secret of its own for this machine, and limit it to the machine's address."),
        ClientTrouble.CannotKeepSecret => new(
            "This client cannot be given the secret beforehand.",
            "Type login and secret when it asks, and let it remember them."),
        ClientTrouble.MadeForServers => new(
            "Most programs look up servers in this file, not proxies.",
            "Use it for programs that are known to look up the proxy here, such as a credential helper of git."),
    };
}
