using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>One entry of a .netrc file. Entries are looked up by host name: no port, no brackets.</summary>
internal static class NetrcGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "netrc",
        Name = ".netrc",
        Group = ClientGroup.CommandLine,
        Syntax = ClientSyntax.Netrc,
        FileName = "~/.netrc",
        Schemes = AuthSchemes.Basic | AuthSchemes.Digest,
        Transports = Reach.Any,
        Traits = ClientTraits.MadeForServers,
        Text = setting => $"machine {setting.Address.Host} login {NetrcToken.Of(setting.ShownLogin)} password {NetrcToken.Of(setting.ShownSecret)}\n",
    };
}
