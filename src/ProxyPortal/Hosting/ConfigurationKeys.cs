using System.Globalization;
using ProxyPortal.Data;
using ProxyPortal.Settings;

namespace ProxyPortal.Hosting;

/// <summary>A configuration key of the public contract: its name (<c>*</c> stands for an index), what is allowed, and the test for it.</summary>
internal sealed record ConfigurationKey(string Name, string Allowed, Func<string, bool> IsValid);

/// <summary>Every key of our own sections. What is not listed here is a fault, because a mistyped key that is silently ignored is one too.</summary>
internal static class ConfigurationKeys
{
    public static IReadOnlyList<string> Sections { get; } = ["Portal", "Database", "Mail", "Bootstrap", "Verification", "Audit", "ForwardedHeaders"];

    /// <summary>Sections of the platform that may stand beside ours in our own file.</summary>
    public static IReadOnlyList<string> PlatformSections { get; } = ["Kestrel", "Logging", "ConnectionStrings", "AllowedHosts", "DetailedErrors", "$schema"];

    public static IReadOnlyList<string> Listeners { get; } = ["Portal", "Verify", "Metrics"];

    /// <summary>What may be set of a listener; the names are Kestrel's.</summary>
    public static IReadOnlyList<string> ListenerKeys { get; } = ["Url", "Protocols", "SslProtocols", "ClientCertificateMode", "Certificate", "Sni"];

    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("Portal:PublicUrl", "an absolute http(s) URL without a path, such as https://portal.example.test", SettingsService.IsPublicUrl),
        new("Portal:OrganisationName", $"1 to {SettingsService.OrganisationNameLength} characters without line breaks", text => text.Trim().Length is > 0 and <= SettingsService.OrganisationNameLength && !text.Any(char.IsControl)),
        new("Portal:DataDirectory", "a folder", text => text.Length > 0 && text.IndexOfAny(Path.GetInvalidPathChars()) < 0),
        new("Database:Provider", "Sqlite or Postgres", IsOneOf<DatabaseProvider>),
        new("Mail:Provider", "File or Smtp", text => text is "File" or "Smtp"),
        new("Mail:From", "a mail address", text => text.Contains('@', StringComparison.Ordinal)),
        new("Mail:Smtp:Host", "a host name", text => text.Length > 0),
        new("Mail:Smtp:Port", "a whole number from 1 to 65535", Whole(1, 65535)),
        new("Mail:Smtp:Security", "None, StartTls or Tls", text => text is "None" or "StartTls" or "Tls"),
        new("Mail:Smtp:UserName", "text", _ => true),
        new("Mail:Smtp:PasswordFile", "a file that exists", File.Exists),
        new("Bootstrap:File", "a file that exists", File.Exists),
        new("Verification:AllowPlainHttp", "true or false", text => bool.TryParse(text, out _)),
        new("Verification:ValidForSeconds", "a whole number from 1 to 3600", Whole(1, 3600)),
        new("Verification:HashWorkers", "a whole number from 1 to 64", Whole(1, 64)),
        new("Verification:HashQueue", "a whole number from 1 to 10000", Whole(1, 10_000)),
        new("Verification:HashWaitMilliseconds", "a whole number from 100 to 10000", Whole(100, 10_000)),
        new("Verification:ProofCacheSize", "a whole number from 1000 to 10000000", Whole(1000, 10_000_000)),
        new("Verification:ProofMinutes", "a whole number from 1 to 1440", Whole(1, 1440)),
        new("Verification:MismatchCacheSize", "a whole number from 100 to 1000000", Whole(100, 1_000_000)),
        new("Verification:MismatchSeconds", "a whole number from 0 to 300", Whole(0, 300)),
        new("Verification:EventDays", "a whole number from 1 to 3650", Whole(1, 3650)),
        new("Verification:MinuteRollupDays", "a whole number from 1 to 3650", Whole(1, 3650)),
        new("Verification:HourRollupDays", "a whole number from 1 to 3650", Whole(1, 3650)),
        new("Verification:DayRollupDays", "a whole number from 1 to 3650", Whole(1, 3650)),
        new("Verification:ThrottleFreeFailures", "a whole number from 1 to 100", Whole(1, 100)),
        new("Verification:ThrottleLongestDelaySeconds", "a whole number from 1 to 3600", Whole(1, 3600)),
        new("Verification:ThrottleUsersPerSource", "a whole number from 1 to 10000", Whole(1, 10_000)),
        new("Verification:ThrottleSourceMinutes", "a whole number from 1 to 1440", Whole(1, 1440)),
        new("Verification:ThrottleUserFailures", "a whole number from 10 to 1000", Whole(10, 1000)),
        new("Verification:KnownSourceDays", "a whole number from 1 to 365", Whole(1, 365)),
        new("Verification:ThrottleAlarmPerMinute", "a whole number from 10 to 1000000", Whole(10, 1_000_000)),
        new("Verification:ThrottleEntries", "a whole number from 1024 to 1048576", Whole(1024, 1_048_576)),
        new("Audit:RetentionDays", "a whole number from 0 (for ever) to 36500", Whole(0, 36_500)),
        new("ForwardedHeaders:KnownProxies", "IP addresses, separated by commas", text => text.Split(',', StringSplitOptions.TrimEntries).All(IsAddress)),
        new("ForwardedHeaders:KnownProxies:*", "an IP address", IsAddress),
    ];

    private static bool IsAddress(string text) => Core.Http.ClientAddress.TryParse(text, out _);

    private static Func<string, bool> Whole(int least, int most) => text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most;

    private static bool IsOneOf<TEnum>(string text) where TEnum : struct, Enum => Enum.GetNames<TEnum>().Contains(text, StringComparer.OrdinalIgnoreCase);
}
