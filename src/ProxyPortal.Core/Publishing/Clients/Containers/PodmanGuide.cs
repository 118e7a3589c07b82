using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing.Clients.Quoting;

namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Podman and Buildah: variables of the engine, which hands them on to containers unless told not to (<c>http_proxy = false</c>).</summary>
internal static class PodmanGuide
{
    internal static ClientGuide Guide { get; } = new()
    {
        Id = "podman",
        Name = "Podman",
        Group = ClientGroup.Containers,
        Syntax = ClientSyntax.Toml,
        FileName = "~/.config/containers/containers.conf",
        Schemes = AuthSchemes.Basic,
        Transports = Reach.Any,
        Traits = ClientTraits.SecretReadableByOthers,
        Text = setting => "[engine]\nenv = [\n"
            + string.Concat(EnvironmentGuides.Variables(setting, socks: "socks5").Select(variable =>
                $"  {BackslashQuote.Of($"{variable.Name}={variable.Value}")},\n"))
            + "]\n",
    };
}
