namespace ProxyPortal.Core.Publishing.Paste;

/// <summary>Every format that is recognised.</summary>
internal static class PasteFormats
{
    /// <summary>The first that can read a text wins, so the unmistakable ones come first.</summary>
    internal static IReadOnlyList<PasteFormat> All { get; } =
    [
        new(PasteKind.WindowsRegistry, RegistryFormat.Read,
            PasteTraits.SchemeOptional | PasteTraits.OnlyHttp | PasteTraits.WithoutCredentials),
        new(PasteKind.Maven, MavenFormat.Read, PasteTraits.WithoutScheme | PasteTraits.OnlyHttp),
        new(PasteKind.Pac, PacFormat.Read, PasteTraits.WithoutScheme | PasteTraits.HostOnly | PasteTraits.WithoutCredentials),
        new(PasteKind.Docker, DockerFormat.Read, PasteTraits.Paired | PasteTraits.Socks5Only),
        new(PasteKind.Apt, AptFormat.Read, PasteTraits.None),
        new(PasteKind.Gradle, JavaFormat.ReadGradle, PasteTraits.WithoutScheme | PasteTraits.OnlyHttp | PasteTraits.Paired),
        new(PasteKind.Java, JavaFormat.ReadJava, PasteTraits.WithoutScheme | PasteTraits.OnlyHttp | PasteTraits.Paired),
        new(PasteKind.Git, GitFormat.Read, PasteTraits.SchemeOptional | PasteTraits.Port1080),
        new(PasteKind.Systemd, SystemdFormat.Read, PasteTraits.Paired),
        new(PasteKind.Pip, PipFormat.Read, PasteTraits.None),
        new(PasteKind.Npmrc, NpmFormat.Read, PasteTraits.None),
        new(PasteKind.CurlRc, CurlFormat.Read, PasteTraits.SchemeOptional | PasteTraits.Port1080),
        new(PasteKind.Wgetrc, WgetFormat.Read, PasteTraits.SchemeOptional | PasteTraits.OnlyHttp | PasteTraits.Paired),
        new(PasteKind.Environment, EnvironmentFormat.Read, PasteTraits.Paired),
        new(PasteKind.Url, UrlFormat.Read, PasteTraits.SchemeOptional),
    ];
}
