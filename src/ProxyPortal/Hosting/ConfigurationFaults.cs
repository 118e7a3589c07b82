using System.Net;
using Microsoft.Extensions.Configuration.Json;
using ProxyPortal.Monitoring;

namespace ProxyPortal.Hosting;

/// <summary>Checks the whole configuration before anything starts, and reports every fault in one go.</summary>
internal static class ConfigurationFaults
{
    private static readonly string[] MailKeys = ["Mail:Smtp:Host", "Mail:From"];

    /// <returns>One sentence for each fault: the key, the value, and what is allowed.</returns>
    public static IReadOnlyList<string> Find(IConfiguration configuration) =>
        [.. UnknownSections(configuration), .. OwnKeys(configuration), .. ConnectionFaults.Find(configuration), .. Mail(configuration), .. Listeners(configuration), .. Environment(configuration)];

    // Only in our own file: the environment holds everyone's variables.
    private static IEnumerable<string> UnknownSections(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.OfType<JsonConfigurationProvider>()
            .SelectMany(file => file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase)
                .Except([.. ConfigurationKeys.Sections, .. ConfigurationKeys.PlatformSections], StringComparer.OrdinalIgnoreCase)
                .Select(section => $"{section} in {file.Source.Path} is not a known section; they are {string.Join(", ", ConfigurationKeys.Sections)}.")) ?? [];

    private static IEnumerable<string> OwnKeys(IConfiguration configuration)
    {
        foreach (string section in ConfigurationKeys.Sections)
        {
            foreach ((string key, string? value) in configuration.GetSection(section).AsEnumerable().Where(pair => pair.Value is not null))
            {
                // The bare name of a section is not ours: MAIL and the like are variables of the shell.
                if (key.Equals(section, StringComparison.OrdinalIgnoreCase))
                    continue;
                string pattern = string.Join(':', key.Split(':').Select(part => part.All(char.IsAsciiDigit) ? "*" : part));
                ConfigurationKey? known = ConfigurationKeys.All.FirstOrDefault(candidate => candidate.Name.Equals(pattern, StringComparison.OrdinalIgnoreCase));
                if (known is null)
                    yield return $"{key} is not a known key.";
                else if (!known.IsValid(value!))
                    yield return $"{key} must be {known.Allowed} (was \"{value}\").";
            }
        }
    }

    private static IEnumerable<string> Listeners(IConfiguration configuration)
    {
        foreach (IConfigurationSection endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            // Another name would be a second door to the portal itself, for whoever reaches it.
            if (!ConfigurationKeys.Listeners.Contains(endpoint.Key, StringComparer.OrdinalIgnoreCase))
                yield return $"{endpoint.Path} is not a listener of this release; they are {string.Join(", ", ConfigurationKeys.Listeners)}.";
            else if (endpoint["Url"] is not { } url || !IsListenUrl(url))
                yield return $"{endpoint.Path}:Url must be http(s)://address:port or http://unix:/path (was \"{endpoint["Url"]}\").";
            foreach (IConfigurationSection key in endpoint.GetChildren().Where(key => !ConfigurationKeys.ListenerKeys.Contains(key.Key, StringComparer.OrdinalIgnoreCase)))
                yield return $"{key.Path} is not a known key.";
        }
        foreach ((string name, string other) in ((string, string)[])[("Verify", "Portal"), ("Metrics", "Portal"), ("Metrics", "Verify")])
        {
            string? url = configuration[$"Kestrel:Endpoints:{name}:Url"];
            if (url is not null && url.Equals(configuration[$"Kestrel:Endpoints:{other}:Url"], StringComparison.OrdinalIgnoreCase) && !url.EndsWith(":0", StringComparison.Ordinal))
                yield return $"Kestrel:Endpoints:{name}:Url must differ from Kestrel:Endpoints:{other}:Url (both were \"{url}\").";
        }
        string? verify = configuration["Kestrel:Endpoints:Verify:Url"];
        if (verify is not null && IsListenUrl(verify) && !IsPrivate(verify) && !configuration.GetValue("Verification:AllowPlainHttp", false))
            yield return $"Kestrel:Endpoints:Verify:Url carries passwords and must be https, loopback or a Unix socket (was \"{verify}\"). To allow it all the same, set Verification:AllowPlainHttp=true.";
    }

    private static IEnumerable<string> Mail(IConfiguration configuration)
    {
        if (configuration["Mail:Provider"] != "Smtp")
            yield break;
        foreach (string key in MailKeys.Where(key => string.IsNullOrEmpty(configuration[key])))
            yield return $"{key} is missing; Mail:Provider=Smtp needs it.";
        if (configuration["Mail:Smtp:Security"] == "None" && configuration["Mail:Smtp:UserName"] is { Length: > 0 }
            && !(configuration["Mail:Smtp:Host"] is "localhost" || (System.Net.IPAddress.TryParse(configuration["Mail:Smtp:Host"], out System.Net.IPAddress? address) && System.Net.IPAddress.IsLoopback(address))))
            yield return "Mail:Smtp:UserName would send its password in plain text (Mail:Smtp:Security was \"None\"). Use StartTls or Tls.";
    }

    // The variable clears the list of trusted proxies: any client could then write its own address.
    private static IEnumerable<string> Environment(IConfiguration configuration)
    {
        if (configuration.GetValue("FORWARDEDHEADERS_ENABLED", false))
            yield return "ASPNETCORE_FORWARDEDHEADERS_ENABLED trusts every client's X-Forwarded-For. Unset it and name your proxies in ForwardedHeaders:KnownProxies.";
        if (configuration[Telemetry.OtlpEndpoint] is { Length: > 0 } otlp && !(Uri.TryCreate(otlp, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https")))
            yield return $"{Telemetry.OtlpEndpoint} must be an absolute http(s) URL, such as http://collector.example.test:4317.";
    }

    private static bool IsListenUrl(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsPrivate(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe || address.Scheme == "https" || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
    }
}
