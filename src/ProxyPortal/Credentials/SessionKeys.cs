using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using ProxyPortal.Hosting;

namespace ProxyPortal.Credentials;

/// <summary>The keys of cookies and form tokens: files in <c>keys/sessions</c>, sealed with the master key. Losing them signs people out
/// and nothing more.</summary>
internal static class SessionKeys
{
    public static void AddSessionKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("ProxyPortal");
        services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, SealedText, ILoggerFactory>((options, data, seal, log) =>
        {
            options.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(PrivateFiles.CreateDirectory(Path.Combine(data.Path, "keys", "sessions"))), log);
            options.XmlEncryptor = new SealingXmlEncryptor(seal);
        });
    }
}

internal sealed class SealingXmlEncryptor(SealedText seal) : IXmlEncryptor
{
    public const string Context = "data protection key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", seal.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting), Context)), typeof(SealingXmlDecryptor));
}

/// <summary>Made by the framework from the type name that stands in the key's file.</summary>
internal sealed class SealingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<SealedText>().Open(encryptedElement.Value, SealingXmlEncryptor.Context));
}
