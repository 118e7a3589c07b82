namespace ProxyPortal.Core.Publishing.Clients;

/// <summary>Every client the portal can speak about.</summary>
public static class ClientGuides
{
    /// <summary>In the order of <see cref="ClientGroup"/>, within a group the most asked for first.</summary>
    public static IReadOnlyList<ClientGuide> All { get; } =
    [
        CurlGuides.Command, CurlGuides.File, WgetGuide.Guide, GitGuide.Guide, EnvironmentGuides.Shell, EnvironmentGuides.PowerShell,
        EnvironmentGuides.System, EnvironmentGuides.Systemd, NetrcGuide.Guide,
        PythonGuides.Requests, NodeGuide.Guide, GoGuide.Guide, DotNetGuide.Guide, JavaGuides.Code, JavaGuides.Properties,
        NpmGuide.Guide, PythonGuides.Pip, AptGuide.Guide, MavenGuide.Guide, JavaGuides.Gradle, VsCodeGuide.Guide,
        DockerGuides.Daemon, DockerGuides.Client, PodmanGuide.Guide,
        WindowsGuides.Settings, WindowsGuides.UserScript, WindowsGuides.WebCommands, WindowsGuides.WinHttp, WindowsGuides.StoredCredential,
        WindowsGuides.Policy,
        AppleGuides.NetworkSetup, AppleGuides.Profile, AppleGuides.Phone,
        AndroidGuide.Guide,
        ChromiumGuides.ChromeJson, ChromiumGuides.ChromeRegistry, ChromiumGuides.EdgeJson, ChromiumGuides.EdgeRegistry, FirefoxGuide.Guide,
        PasswordManagerGuides.KeePass, PasswordManagerGuides.Bitwarden,
    ];

    /// <summary>The guide with this <see cref="ClientGuide.Id"/>, or null.</summary>
    public static ClientGuide? Find(string id) => All.FirstOrDefault(guide => guide.Id == id);
}
