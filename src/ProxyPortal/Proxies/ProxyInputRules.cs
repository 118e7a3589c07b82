using System.Text.RegularExpressions;
using ProxyPortal.Core;
using ProxyPortal.Core.Publishing;
using ProxyPortal.Schemes;

namespace ProxyPortal.Proxies;

/// <summary>What names, realms and endpoints may be.</summary>
internal static partial class ProxyInputRules
{
    public static Error? CheckName(string name, string field = "name") =>
        NamePattern().IsMatch(name) ? null
            : new Error($"{field}_invalid", "A name is made of small letters, digits, dot, hyphen and underscore, starts with a letter or digit, and has at most 64 characters.", field);

    // The realm stands in a quoted string of the challenge and, unquoted, to the end of a line in squid.conf.
    public static Error? CheckRealm(string realm) =>
        realm.Trim().Length is > 0 and <= ProxyConfiguration.RealmLength && realm.All(c => c is >= ' ' and not '"' and not '\\' and not '\x7f')
            ? null : new Error("realm_invalid", $"A realm has 1 to {ProxyConfiguration.RealmLength} characters, without quotes, backslashes and line breaks.", "realm");

    public static Error? Check(ProxyInput input) =>
        CheckName(input.Name) ?? CheckRealm(input.Realm) ?? CheckText(input.Location, "location") ?? CheckText(input.Contact, "contact");

    private static Error? CheckText(string? text, string field) =>
        text is null || (text.Trim().Length <= ProxyConfiguration.TextLength && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            ? null : new Error($"{field}_invalid", $"At most {ProxyConfiguration.TextLength} characters, without line breaks.", field);

    /// <summary>The endpoint's address in canonical form, or the first fault by field.</summary>
    public static Result<ProxyAddress> CheckEndpoint(EndpointInput input)
    {
        if (CheckName(input.Name) is { } fault)
            return fault;
        Result<string> host = ProxyAddress.ParseHost(input.Host);
        Result<int> port = ProxyAddress.ParsePort(input.Port);
        if ((host.Error ?? port.Error) is { } addressFault)
            return addressFault;
        if (!Enum.IsDefined(input.Transport))
            return new Error("transport_invalid", "Choose http, https or socks5.", "transport");
        if (SchemeRules.Check(input.Schemes) is { } schemeFault)
            return schemeFault;
        if (!Enum.IsDefined(input.Visibility))
            return new Error("visibility_invalid", "Choose signedIn, public or groups.", "visibility");
        if (!string.IsNullOrWhiteSpace(input.TlsName))
        {
            if (input.Transport is not ProxyTransport.Https)
                return new Error("tlsName_invalid", "Only an endpoint with the transport https has a certificate.", "tlsName");
            if (ProxyAddress.ParseHost(input.TlsName).Error is not null)
                return new Error("tlsName_invalid", "Give the host name that stands in the certificate.", "tlsName");
        }
        if (!string.IsNullOrWhiteSpace(input.TlsFingerprint))
        {
            if (input.Transport is not ProxyTransport.Https)
                return new Error("tlsFingerprint_invalid", "Only an endpoint with the transport https has a certificate.", "tlsFingerprint");
            if (CertificateFingerprint.Of(input.TlsFingerprint) is null)
                return new Error("tlsFingerprint_invalid", "Give the SHA-256 fingerprint of the certificate: 64 hexadecimal digits, with or without colons.", "tlsFingerprint");
        }
        return new ProxyAddress(host.Value, port.Value, input.Transport);
    }

    /// <summary>The canonical form of a name in a certificate that <see cref="CheckEndpoint"/> has passed; null where there is none.</summary>
    public static string? TlsNameOf(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : ProxyAddress.ParseHost(typed).Value;

    /// <summary>The same of its fingerprint.</summary>
    public static string? TlsFingerprintOf(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : CertificateFingerprint.Of(typed);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
