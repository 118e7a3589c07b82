using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>A certificate for 127.0.0.1 that a helper trusts when its environment says so.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string SystemsBundle = "/etc/ssl/certs/ca-certificates.crt";
    private readonly string _bundle = Path.GetTempFileName();

    public TestAuthority()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>What a helper has to carry around in any case, the system's authorities, and ours.</summary>
    public IReadOnlyDictionary<string, string> TrustedBesideTheSystems()
    {
        File.WriteAllText(_bundle, (File.Exists(SystemsBundle) ? File.ReadAllText(SystemsBundle) : "") + Certificate.ExportCertificatePem());
        return new Dictionary<string, string> { ["SSL_CERT_FILE"] = _bundle };
    }

    public void Dispose()
    {
        Certificate.Dispose();
        File.Delete(_bundle);
    }
}
