using ProxyPortal.Core.Http;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Android: the setting belongs to a Wi-Fi network, holds no secret, and some apps never look at it.</summary>
internal static class AndroidGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "android",
        Name = "Android",
        Group = ClientGroup.Android,
        Syntax = ClientSyntax.Steps,
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest,
        Transports = Reach.OnlyHttp,
        Traits = ClientTraits.AsksForSecret | ClientTraits.PicksStrongest,
        Walk = static setting =>
        [
            $"Open Settings, Network & internet, Internet, and tap the gear next to the network.",
            $"Tap the pencil, then Advanced options, and choose Manual under Proxy.",
            $"Type {setting.Address.Host} as the host name and {setting.Address.Port} as the port.",
            $"Type {string.Join(',', setting.BypassDotted)} under Bypass proxy for, unless it is empty, and tap Save.",
            $"When the browser asks, type {setting.ShownLogin} and {setting.ShownSecret}.",
        ],
    };
}
