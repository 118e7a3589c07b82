using System.Text.RegularExpressions;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Publishing;

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
        if (input.Schemes is AuthSchemes.None || (input.Schemes & ~AuthScheme.Verifiable) != 0)
            return new Error("schemes_invalid", $"Choose among the schemes the portal can verify: {string.Join(", ", AuthScheme.Names(AuthScheme.Verifiable))}.", "schemes");
        return new ProxyAddress(host.Value, port.Value, input.Transport);
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
