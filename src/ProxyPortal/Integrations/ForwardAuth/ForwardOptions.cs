using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ForwardAuth;

/// <summary>What a proxy's configuration wrote behind the path: <c>ok=200|204&amp;deny=407|401&amp;endpoint=NAME&amp;schemes=Basic&amp;from=authorization</c>.</summary>
/// <param name="Ok">Status of an acceptance.</param>
/// <param name="Deny">Status of a rejection.</param>
/// <param name="Endpoint">Where the user arrived; null when the caller has several and named none.</param>
/// <param name="Schemes">The schemes that are offered, and looked at.</param>
/// <param name="FromAuthorization">The user's credentials stand in Authorization, and nowhere else.</param>
internal readonly record struct ForwardOptions(int Ok, int Deny, EndpointModel? Endpoint, AuthSchemes Schemes, bool FromAuthorization)
{
    private static readonly string[] Names = ["ok", "deny", "endpoint", "schemes", "from"];
    private const int LongestEndpoint = 256;

    /// <summary>What holds where nothing is said.</summary>
    public static ForwardOptions Of(CallerModel caller) =>
        new(StatusCodes.Status200OK, StatusCodes.Status407ProxyAuthenticationRequired, caller.DefaultEndpoint, OfferedAt(caller, caller.DefaultEndpoint), FromAuthorization: false);

    /// <summary>Reads <paramref name="query"/> (without its question mark), strictly: an unknown or repeated option is a fault, because in its
    /// place may stand what the client of a careless proxy asked a site for. Allocates nothing.</summary>
    public static VerifyFault? Read(ReadOnlySpan<char> query, CallerModel caller, out ForwardOptions options)
    {
        options = Of(caller);
        if (query.IsEmpty)
            return null;
        AuthSchemes schemes = (AuthSchemes)~0;
        int seen = 0;
        foreach (Range part in query.Split('&'))
        {
            ReadOnlySpan<char> option = query[part];
            int equals = option.IndexOf('=');
            int name = equals < 0 ? -1 : IndexOf(option[..equals]);
            if (name < 0 || (seen & (1 << name)) != 0)
                return ForwardFaults.Options;
            seen |= 1 << name;
            ReadOnlySpan<char> value = option[(equals + 1)..];
            bool isFine = name switch
            {
                0 => TryOk(value, ref options),
                1 => TryDeny(value, ref options),
                2 => TryEndpoint(value, caller, ref options),
                3 => TrySchemes(value, out schemes),
                _ => TryFrom(value, ref options),
            };
            if (!isFine)
                return name == 2 ? VerifyFault.EndpointOutOfScope : ForwardFaults.Options;
        }
        options = options with { Schemes = OfferedAt(caller, options.Endpoint) & schemes };
        return null;
    }

    private static AuthSchemes OfferedAt(CallerModel caller, EndpointModel? endpoint) => Challenge.Among(endpoint?.Schemes ?? caller.SchemesOfAll);

    private static int IndexOf(ReadOnlySpan<char> name)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i]))
                return i;
        }
        return -1;
    }

    private static bool TryOk(ReadOnlySpan<char> value, ref ForwardOptions options)
    {
        options = options with { Ok = value is "204" ? StatusCodes.Status204NoContent : StatusCodes.Status200OK };
        return value is "200" or "204";
    }

    private static bool TryDeny(ReadOnlySpan<char> value, ref ForwardOptions options)
    {
        options = options with { Deny = value is "401" ? StatusCodes.Status401Unauthorized : StatusCodes.Status407ProxyAuthenticationRequired };
        return value is "407" or "401";
    }

    private static bool TryFrom(ReadOnlySpan<char> value, ref ForwardOptions options)
    {
        options = options with { FromAuthorization = true };
        return value is "authorization";
    }

    private static bool TryEndpoint(ReadOnlySpan<char> value, CallerModel caller, ref ForwardOptions options)
    {
        if (value.Length > LongestEndpoint)
            return false;
        options = options with { Endpoint = caller.FindEndpoint(value.Contains('%') ? Uri.UnescapeDataString(value) : value) };
        return options.Endpoint is not null;
    }

    private static bool TrySchemes(ReadOnlySpan<char> value, out AuthSchemes schemes)
    {
        schemes = AuthSchemes.None;
        foreach (Range part in value.Split(','))
        {
            if (!AuthScheme.TryParse(value[part], out AuthSchemes scheme))
                return false;
            schemes |= scheme;
        }
        return true;
    }
}
