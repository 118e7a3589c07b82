using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
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

    public SecretKeys(IOptions<PortalOptions> options)
    {
        string directory = PrivateFiles.CreateDirectory(Path.Combine(options.Value.DataDirectory, "keys"));
        File = Path.Combine(directory, "master.key");
        WasCreated = !System.IO.File.Exists(File);
        if (WasCreated)
            Create(File);
        PrivateFiles.Tighten(File);
        _master = Read(File);
        PasswordPepper = Derive("password pepper");
        DeviceKey = Derive("device secrets");
        SealingKey = Derive("sealed values");
        Check = Derive("key check");
        LoginMaskKey = Derive("unknown logins");
        StrangerKey = Derive("strangers");
        AuditKey = Derive("audit chain");
        CallerCodeKey = Derive("caller codes");
    }

    /// <summary>Whether this start made the master key: then the database must hold no account yet.</summary>
    public bool WasCreated { get; }

    public byte[] PasswordPepper { get; }

    public byte[] DeviceKey { get; }

    public byte[] SealingKey { get; }

    /// <summary>Stored in the database, so that a portal started with another master key notices; nothing can be derived from it.</summary>
    public byte[] Check { get; }

    /// <summary>Where the master key lies.</summary>
    public string File { get; }

    /// <summary>Takes away the key that this start made.</summary>
    public void Forget() => System.IO.File.Delete(File);

    /// <summary>Of the digests by which unknown login names are recognised in stored events.</summary>
    public byte[] LoginMaskKey { get; }

    /// <summary>Chooses what an unknown name is compared with; the same after a restart, or a restart would tell names apart.</summary>
    public byte[] StrangerKey { get; }

    /// <summary>Vouches for the ends of the chain of audit entries.</summary>
    public byte[] AuditKey { get; }

    /// <summary>Of the digests of codes that are too short to be hashed alone.</summary>
    public byte[] CallerCodeKey { get; }

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
        System.IO.File.Move(temporary, file);
    }

    private static byte[] Read(string file)
    {
        byte[] key = System.IO.File.ReadAllBytes(file);
        return key.Length == KeyLength ? key : throw new StartRefusedException($"{file} is damaged: it must hold exactly {KeyLength} bytes. Put it back from the backup.");
    }
}
