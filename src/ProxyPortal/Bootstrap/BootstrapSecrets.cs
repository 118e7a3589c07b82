using System.Text;
using ProxyPortal.Core.Secrets;

namespace ProxyPortal.Bootstrap;

/// <summary>Secrets of the file: given directly, or as the path of a file that holds nothing else. Paths count from the bootstrap file's folder.</summary>
internal sealed class BootstrapSecrets(string folder)
{
    private const int LargestFile = 64 * 1024;

    // What callers present is not looked at beyond this.
    private const int LongestKey = 256;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The secret and where it stands, or null when it is not named or a fault was noted.</summary>
    public (string Text, string Path)? Read(BootstrapObject owner, string key)
    {
        string fileKey = key + "File";
        if (owner.Names(key) && owner.Names(fileKey))
        {
            owner.Faults.Add(owner.At(fileKey), $"is given beside {key}. Give one of them.");
            return null;
        }
        if (owner.Names(key))
            return owner.RequiredText(key) is { } text ? (text, owner.At(key)) : null;
        if (!owner.Names(fileKey) || owner.RequiredText(fileKey) is not { } file)
            return null;
        return ReadFile(file, owner.Faults, owner.At(fileKey)) is { } content ? (content, owner.At(fileKey)) : null;
    }

    /// <summary>A key that travels in a header: long enough not to be guessed, and made of what a header can hold.</summary>
    public string? ReadKey(BootstrapObject owner, string key)
    {
        if (Read(owner, key) is not { } secret || !IsLong(secret, owner.Faults))
            return null;
        if (secret.Text.Length <= LongestKey && secret.Text.All(c => c is > ' ' and < '\x7f'))
            return secret.Text;
        owner.Faults.Add(secret.Path, $"must be made of at most {LongestKey} ASCII letters, digits and signs, without spaces.");
        return null;
    }

    /// <summary>A device secret, prepared as verification prepares what is typed.</summary>
    public byte[]? ReadDeviceSecret(BootstrapObject owner, string key)
    {
        if (Read(owner, key) is not { } secret || !IsLong(secret, owner.Faults))
            return null;
        byte[]? prepared = PasswordText.Prepare(secret.Text, out _);
        if (prepared is null)
            owner.Faults.Add(secret.Path, $"must have at most {PasswordText.MaxCodePoints} characters and no control characters.");
        return prepared;
    }

    public static bool IsNamed(BootstrapObject owner, string key) => owner.Names(key) || owner.Names(key + "File");

    private static bool IsLong((string Text, string Path) secret, BootstrapFaults faults)
    {
        if (secret.Text.Length >= GeneratedSecret.MinSuppliedLength)
            return true;
        faults.Add(secret.Path, $"must have at least {GeneratedSecret.MinSuppliedLength} characters.");
        return false;
    }

    private string? ReadFile(string file, BootstrapFaults faults, string path)
    {
        try
        {
            var info = new FileInfo(Path.Combine(folder, file));
            if (info.Exists && info.Length <= LargestFile)
            {
                string text = Strict.GetString(File.ReadAllBytes(info.FullName));
                // One line end: editors and echo add it, and no secret ends in it.
                return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
            }
            faults.Add(path, info.Exists ? $"{info.FullName} is too large to hold a secret." : $"{info.FullName} does not exist.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add(path, $"{file} cannot be read: {exception.Message}");
        }
        return null;
    }
}
