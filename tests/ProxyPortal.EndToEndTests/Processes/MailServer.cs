using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MimeKit;

namespace ProxyPortal.EndToEndTests.Processes;

/// <summary>Debian's aiosmtpd: takes what it is given into a Maildir. A guarded one wants STARTTLS, and then a user and a password.</summary>
internal sealed class MailServer(bool isGuarded = false) : IAsyncDisposable
{
    private const string User = "portal";
    private readonly string _password = Guid.CreateVersion7().ToString("N");
    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _read = [];
    private ServerProcess? _process;

    public int Port { get; } = Loopback.FreePort();

    /// <summary>What a portal needs to know to send by it.</summary>
    public IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var settings = new Dictionary<string, string>
            {
                ["Mail__Provider"] = "Smtp",
                ["Mail__From"] = "portal@example.test",
                ["Mail__Smtp__Host"] = isGuarded ? "localhost" : "127.0.0.1",
                ["Mail__Smtp__Port"] = Port.ToString(CultureInfo.InvariantCulture),
                ["Mail__Smtp__Security"] = isGuarded ? "StartTls" : "None",
            };
            if (isGuarded)
            {
                settings["Mail__Smtp__UserName"] = User;
                settings["Mail__Smtp__PasswordFile"] = _folder.File("password");
                // OpenSSL reads whom to trust from here.
                settings["SSL_CERT_FILE"] = _folder.File("certificate.pem");
            }
            return settings;
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string box = _folder.File("box");
        string[] arguments = ["-m", "aiosmtpd", "-n", "-l", $"127.0.0.1:{Port}", "-c", "aiosmtpd.handlers.Mailbox", box];
        if (isGuarded)
        {
            await File.WriteAllTextAsync(_folder.File("password"), _password, cancellationToken);
            await MakeCertificateAsync(cancellationToken);
            arguments = [Path.Combine(AppContext.BaseDirectory, "Processes", "mail-server.py"), $"{Port}", box, _folder.File("certificate.pem"), _folder.File("key.pem"), User, _password];
        }
        _process = new ServerProcess(new ProcessStartInfo("/usr/bin/python3", arguments));
        await Loopback.WaitForListenerAsync(Port, _process, cancellationToken);
    }

    /// <summary>There, but answers nobody.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _process!.StopAsync(cancellationToken);

    public Task ContinueAsync(CancellationToken cancellationToken) => _process!.ContinueAsync(cancellationToken);

    public Task KillAsync() => _process!.KillAsync();

    /// <summary>The next mail that was not read yet, as soon as it is there.</summary>
    public async Task<MimeMessage> NextAsync(CancellationToken cancellationToken)
    {
        string box = Path.Combine(_folder.File("box"), "new");
        while (true)
        {
            string? file = Directory.Exists(box) ? Directory.EnumerateFiles(box).Order(StringComparer.Ordinal).FirstOrDefault(name => !_read.Contains(name)) : null;
            if (file is not null)
            {
                _read.Add(file);
                return await MimeMessage.LoadAsync(file, cancellationToken);
            }
            await ServerProcess.NextMomentAsync(cancellationToken);
        }
    }

    public static Uri LinkIn(MimeMessage mail) => new(Regex.Match(mail.TextBody!, @"http\S+token=\S+").Value);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task MakeCertificateAsync(CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        await File.WriteAllTextAsync(_folder.File("certificate.pem"), certificate.ExportCertificatePem(), cancellationToken);
        await File.WriteAllTextAsync(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem(), cancellationToken);
    }
}
