using Microsoft.Extensions.Configuration;
using ProxyPortal.Hosting;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

[Trait("Database", "None")]
public sealed class ConfigurationFaultsTests
{
    [Fact]
    public void Find_ManyFaults_NamesEveryKeyInOneGo()
    {
        IReadOnlyList<string> faults = Find(
            ("Portal:PublicUrl", "portal.example.test"), ("Portal:Bogus", "1"), ("Database:Provider", "MySql"), ("Mail:Provider", "Smtp"),
            ("Mail:Smtp:PasswordFile", "/nonexistent"), ("Verification:HashQueue", "-1"), ("Bootstrap:File", "/nonexistent"),
            ("ForwardedHeaders:KnownProxies:0", "127.1"), ("Kestrel:Endpoints:Grpc:Url", "http://127.0.0.1:9"),
            ("Kestrel:Endpoints:Portal:Url", "ftp://x"), ("Kestrel:Endpoints:Portal:Ulr", "x"), ("Kestrel:Endpoints:Verify:Url", "http://0.0.0.0:5081"),
            ("ConnectionStrings:Portal", "secret"), ("ConnectionStrings:Other", "x"));
        string[] keys =
        [
            "Portal:PublicUrl", "Portal:Bogus", "Database:Provider", "Mail:Smtp:Host", "Mail:From", "Mail:Smtp:PasswordFile", "Verification:HashQueue",
            "Bootstrap:File", "ForwardedHeaders:KnownProxies:0", "Kestrel:Endpoints:Grpc", "Kestrel:Endpoints:Portal:Url", "Kestrel:Endpoints:Portal:Ulr",
            "Kestrel:Endpoints:Verify:Url", "ConnectionStrings:Portal", "ConnectionStrings:Other",
        ];
        Assert.All(keys, key => Assert.Single(faults, fault => fault.StartsWith(key + " ", StringComparison.Ordinal) || fault.StartsWith(key + ":Url ", StringComparison.Ordinal)));
        Assert.Equal(keys.Length, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MAIL", "/var/mail/root")]
    [InlineData("ForwardedHeaders:KnownProxies", "127.0.0.1, ::1")]
    [InlineData("Kestrel:Endpoints:Verify:Url", "http://[::1]:5081")]
    [InlineData("Kestrel:Endpoints:Verify:Url", "http://unix:/run/verify.sock")]
    [InlineData("Kestrel:Endpoints:Verify:Url", "https://0.0.0.0:5081")]
    [InlineData("Kestrel:Endpoints:Metrics:Url", "http://0.0.0.0:9464")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.example.test:4317")]
    [InlineData("Verification:EventDays", "3650")]
    [InlineData("Portal:PublicUrl", "https://portal.example.test")]
    [InlineData("ConnectionStrings:Portal", "Data Source=x.db")]
    [InlineData("PATH", "/bin")]
    public void Find_AllowedValue_IsNoFault(string key, string value) => Assert.Empty(Find((key, value)));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "file:///etc/passwd")]
    [InlineData("Verification:EventDays", "0")]
    [InlineData("Verification:MinuteRollupDays", "3651")]
    [InlineData("Verification:HourRollupDays", "x")]
    [InlineData("Verification:DayRollupDays", "-1")]
    [InlineData("Kestrel:Endpoints:Metrics:Url", "metrics")]
    public void Find_BadValue_NamesTheKey(string key, string value) => Assert.StartsWith(key + " must be", Assert.Single(Find((key, value))), StringComparison.Ordinal);

    [Fact]
    public void Find_MetricsOnTheDoorOfAnother_IsAFault() => Assert.StartsWith("Kestrel:Endpoints:Metrics:Url must differ from Kestrel:Endpoints:Verify:Url",
        Assert.Single(Find(("Kestrel:Endpoints:Verify:Url", "http://127.0.0.1:5081"), ("Kestrel:Endpoints:Metrics:Url", "http://127.0.0.1:5081"))), StringComparison.Ordinal);

    [Fact]
    public void Find_UnknownSectionInOurOwnFile_IsAFault()
    {
        using var json = new MemoryStream("""{ "Potral": { "PublicUrl": "x" }, "Logging": {}, "Portal": { "OrganisationName": "Example" } }"""u8.ToArray());
        string file = Path.GetTempFileName();
        File.WriteAllBytes(file, json.ToArray());
        IConfigurationRoot configuration = new ConfigurationBuilder().AddJsonFile(file).Build();
        string fault = Assert.Single(ConfigurationFaults.Find(configuration));
        File.Delete(file);
        Assert.StartsWith("Potral in ", fault, StringComparison.Ordinal);
    }

    // A setting without a key would be refused as unknown, and one without limits could shut everyone out.
    [Fact]
    public void Find_EveryVerificationSetting_IsKnownAndHasLimits()
    {
        foreach (string name in typeof(VerificationOptions).GetProperties().Select(property => property.Name))
        {
            Assert.StartsWith($"Verification:{name} must be ", Assert.Single(Find(($"Verification:{name}", "-1"))), StringComparison.Ordinal);
            object? preset = typeof(VerificationOptions).GetProperty(name)!.GetValue(new VerificationOptions());
            Assert.Empty(Find(($"Verification:{name}", Convert.ToString(preset, System.Globalization.CultureInfo.InvariantCulture))));
        }
    }

    private static IReadOnlyList<string> Find(params (string Key, string? Value)[] values) => ConfigurationFaults.Find(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build());
}
