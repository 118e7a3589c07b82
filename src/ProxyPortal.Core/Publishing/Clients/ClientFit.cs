using System.Text;
using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Whether a client gets through an endpoint.</summary>
public enum ClientVerdict
{
    Fits = 0,

    /// <summary>It works; the troubles say what to mind.</summary>
    FitsWithCare = 1,

    DoesNotFit = 2,
}

/// <summary>What a client and an endpoint make of each other: <paramref name="Troubles"/> in the order of <see cref="ClientTrouble"/>. A client that
/// is stopped has no lesser troubles.</summary>
public sealed record ClientFit(ClientVerdict Verdict, IReadOnlyList<ClientTrouble> Troubles)
{
    private const AuthSchemes Tickets = AuthSchemes.Negotiate | AuthSchemes.Ntlm;

    public static ClientFit Of(ClientGuide guide, ClientSetting setting)
    {
        ClientTrouble[] troubles = guide.Has(ClientTraits.OnlyKeeps) ? [] : [.. Troubling(guide, setting).Order()];
        ClientTrouble[] stops = [.. troubles.Where(Stops)];
        return stops is not [] ? new ClientFit(ClientVerdict.DoesNotFit, stops)
            : new ClientFit(troubles is [] ? ClientVerdict.Fits : ClientVerdict.FitsWithCare, troubles);
    }

    private static bool Stops(ClientTrouble trouble) => trouble <= ClientTrouble.NeverSignsInToSocks;

    private static IEnumerable<ClientTrouble> Troubling(ClientGuide guide, ClientSetting setting)
    {
        bool isSocks = setting.Address.Transport is ProxyTransport.Socks5;
        if (!guide.SpeaksTransport(setting))
            yield return isSocks ? ClientTrouble.NoSocks : guide.Has(ClientTraits.TlsOnlyByPac) ? ClientTrouble.TlsOnlyByPac : ClientTrouble.NoTlsToProxy;
        else if (isSocks && guide.Has(ClientTraits.NeverSignsInToSocks))
            yield return ClientTrouble.NeverSignsInToSocks;
        else if (isSocks && guide.Has(ClientTraits.SocksNeedsPackage))
            yield return ClientTrouble.SocksNeedsPackage;

        AuthSchemes[] common = [.. setting.Schemes.Where(scheme => scheme is not AuthSchemes.None && guide.Schemes.HasFlag(scheme))];
        if (!isSocks && common is [])
            yield return ClientTrouble.SpeaksNoOfferedScheme;
        if (!isSocks && guide.Has(ClientTraits.StopsAtNegotiate) && setting.Schemes.Any(scheme => (scheme & Tickets) != 0))
            yield return ClientTrouble.NegotiateWithoutTicketStops;
        if (!isSocks && guide.Has(ClientTraits.TunnelsNeedFlag) && common is [AuthSchemes.Basic])
            yield return ClientTrouble.JavaTunnelsNeedFlag;
        if (isSocks || setting.Address.Transport is ProxyTransport.Http && SendsBasic(guide, setting, common))
            yield return ClientTrouble.SecretInClear;
        if (guide.Has(ClientTraits.SendsLatin1) && !(Ascii.IsValid(setting.ShownLogin) && Ascii.IsValid(setting.ShownSecret)))
            yield return ClientTrouble.SecretBeyondAscii;
        if (guide.Has(ClientTraits.SecretOnCommandLine))
            yield return ClientTrouble.SecretOnCommandLine;
        if (guide.Has(ClientTraits.SecretReadableByOthers))
            yield return ClientTrouble.SecretReadableByOthers;
        if (guide.Has(ClientTraits.AsksForSecret))
            yield return ClientTrouble.CannotKeepSecret;
        if (guide.Has(ClientTraits.MadeForServers))
            yield return ClientTrouble.MadeForServers;
    }

    private static bool SendsBasic(ClientGuide guide, ClientSetting setting, AuthSchemes[] common) =>
        guide.Has(ClientTraits.PicksStrongest) ? common is [AuthSchemes.Basic] : setting.Chosen(guide.Schemes) is AuthSchemes.Basic;
}
