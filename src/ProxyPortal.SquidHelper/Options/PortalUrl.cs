using System.CommandLine.Parsing;
using System.Globalization;

namespace ProxyPortal.SquidHelper.Options;

/// <summary>One <c>--url</c>: where the portal's verify listener is, over TCP or through a Unix socket.</summary>
/// <param name="Text">As the administrator wrote it, for messages.</param>
/// <param name="Base">What the paths of the contract are put behind.</param>
/// <param name="SocketPath">The Unix socket to connect to instead of the URI's host.</param>
internal sealed record PortalUrl(string Text, Uri Base, string? SocketPath)
{
    private const string UnixPrefix = "unix:";

    /// <summary>Passwords would cross a network in clear text.</summary>
    public bool IsClearText => SocketPath is null && Base.Scheme == Uri.UriSchemeHttp && !Base.IsLoopback;

    public bool IsTls => SocketPath is null && Base.Scheme == Uri.UriSchemeHttps;

    /// <summary>The name as it stands in the URL, also the one that the certificate must be for.</summary>
    public string Host => Base.IdnHost;

    /// <summary>What the Host header says.</summary>
    public string Authority
    {
        get
        {
            string host = Base.HostNameType is UriHostNameType.IPv6 ? $"[{Base.IdnHost}]" : Base.IdnHost;
            return Base.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{Base.Port}");
        }
    }

    /// <summary>The request target for a path of the contract.</summary>
    public string TargetOf(string path) => Base.AbsolutePath.TrimEnd('/') + path;

    public static bool TryParse(string text, out PortalUrl? url)
    {
        url = null;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            // unix:/run/x.sock, and the longer unix:///run/x.sock that other tools want.
            string path = text[UnixPrefix.Length..];
            path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
            if (path.Length > 1 && path[0] == '/' && path[1] != '/')
                url = new PortalUrl(text, new Uri("http://localhost/"), path);
        }
        else if (Uri.TryCreate(text, UriKind.Absolute, out Uri? parsed)
            && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
            && parsed.Host.Length > 0 && parsed.UserInfo.Length == 0 && parsed.Query.Length == 0 && parsed.Fragment.Length == 0)
        {
            url = new PortalUrl(text, parsed, null);
        }

        return url is not null;
    }

    public static PortalUrl[] ParseAll(ArgumentResult argument)
    {
        List<PortalUrl> urls = [];
        foreach (Token token in argument.Tokens)
        {
            if (TryParse(token.Value, out PortalUrl? url))
                urls.Add(url!);
            else
                argument.AddError("--url takes http://host:port, https://host:port or unix:/path/to.sock, without user, query or fragment.");
        }

        return [.. urls];
    }
}
