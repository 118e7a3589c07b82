using Microsoft.Extensions.Configuration.Memory;

namespace ProxyPortal.Hosting;

/// <summary>Defaults that Kestrel must find in the configuration; any other source overrules them.</summary>
internal static class ConfigurationDefaults
{
    public const string PortalUrl = "http://localhost:5080";
    public const string VerifyUrl = "http://127.0.0.1:5081";

    public static void Add(ConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = [new("Kestrel:Endpoints:Portal:Url", PortalUrl), new("Kestrel:Endpoints:Verify:Url", VerifyUrl)],
    });
}
