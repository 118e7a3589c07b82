using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Credentials;

/// <summary>
/// The keys that lie beside the database and never in it, so that a copy of the database alone proves no password: one random
/// master key in <c>keys/master.key</c> (0600), from which each purpose derives its own by HKDF-SHA-256.
/// </summary>
internal sealed class SecretKeys
{
    private const int KeyLength = 32;
    private readonly byte[] _master;
    private readonly string _file;

    public SecretKeys(IOptions<PortalOptions> options)
    {
        string directory = PrivateFiles.CreateDirectory(Path.Combine(options.Value.DataDirectory, "keys"));
        _file = Path.Combine(directory, "master.key");
        WasCreated = !File.Exists(_file);
        if (WasCreated)
            Create(_file);
        PrivateFiles.Tighten(_file);
        _master = Read(_file);
        PasswordPepper = Derive("password pepper");
        DeviceKey = Derive("device secrets");
        SealingKey = Derive("sealed values");
        StrangerKey = Derive("strangers");
    }

    /// <summary>Whether this start made the master key: then the database must hold no account yet.</summary>
    public bool WasCreated { get; }

    public byte[] PasswordPepper { get; }

    public byte[] DeviceKey { get; }

    public byte[] SealingKey { get; }

    /// <summary>Chooses what an unknown name is compared with; the same after a restart, or a restart would tell names apart.</summary>
    public byte[] StrangerKey { get; }

    /// <summary>Refuses to start when the database holds accounts but the key they were made with is gone: a silently made new one would
    /// reject everyone.</summary>
    /// <exception cref="StartRefusedException">The master key is missing.</exception>
    public async Task RequireMatchAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!WasCreated || !await db.Users.AnyAsync(cancellationToken))
            return;
        // Left there, it would pass for the right one at the next start.
        File.Delete(_file);
        throw new StartRefusedException("The database holds accounts, but keys/master.key was missing from the data directory. "
            + "Put the file back from the backup; without it no stored password can be verified.");
    }

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, KeyLength, info: Encoding.UTF8.GetBytes("proxyportal " + purpose));

    private static void Create(string file)
    {
        // Written beside and renamed, so that a kill leaves a whole key or none.
        string temporary = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(KeyLength));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, file);
    }

    private static byte[] Read(string file)
    {
        byte[] key = File.ReadAllBytes(file);
        return key.Length == KeyLength ? key : throw new StartRefusedException($"{file} is damaged: it must hold exactly {KeyLength} bytes. Put it back from the backup.");
    }
}
