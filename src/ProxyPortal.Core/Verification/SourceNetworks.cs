using System.Net;

namespace ProxyPortal.Core.Verification;

/// <summary>Networks from which a user may come: addresses and prefixes such as <c>192.0.2.0/24</c> or <c>2001:db8::/32</c>.</summary>
public sealed class SourceNetworks
{
    private readonly IPNetwork[]? _networks;

    private SourceNetworks(IPNetwork[]? networks) => _networks = networks;

    /// <summary>No rule: every address, and no address at all.</summary>
    public static SourceNetworks Any { get; } = new(null);

    /// <summary>No address at all.</summary>
    public static SourceNetworks None { get; } = new([]);

    /// <summary>The networks of a list, or an error that names the first text that is none. An empty list is no rule.</summary>
    public static Result<SourceNetworks> Parse(IReadOnlyList<string> texts, string field)
    {
        if (texts.Count == 0)
            return Any;
        var networks = new IPNetwork[texts.Count];
        for (int i = 0; i < texts.Count; i++)
        {
            if (!TryParse(texts[i], out networks[i]))
                return new Error("network_invalid", "A network is an address or a prefix such as 192.0.2.0/24 or 2001:db8::/32, without bits behind the prefix.", field);
        }
        return new SourceNetworks(networks);
    }

    /// <summary>Whether <paramref name="address"/> lies in one of them; an address that is not known lies in none.</summary>
    public bool Contains(IPAddress? address)
    {
        if (_networks is null)
            return true;
        if (address is null)
            return false;
        foreach (IPNetwork network in _networks)
        {
            if (network.Contains(address))
                return true;
        }
        return false;
    }

    // The platform reads 10.1/16 and 010.0.0.1 too: only the one canonical spelling passes.
    private static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!Http.ClientAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out IPAddress address))
            return false;
        if (slash < 0)
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }
        return IPNetwork.TryParse(text, out network) && network.ToString() == $"{address}{text.AsSpan(slash)}";
    }
}
