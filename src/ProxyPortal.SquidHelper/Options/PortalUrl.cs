using System.CommandLine.Parsing;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.SquidHelper.Options;

/// <summary>One <c>--url</c>: where the portal's verify listener is, over TCP or through a Unix socket.</summary>
/// <param name="Text">As the administrator wrote it, for messages.</param>
/// <param name="VerifyUri">What is posted to.</param>
/// <param name="SocketPath">The Unix socket to connect to instead of the URI's host.</param>
internal sealed record PortalUrl(string Text, Uri VerifyUri, string? SocketPath)
{
    private const string UnixPrefix = "unix:";

    /// <summary>Passwords would cross a network in clear text.</summary>
    public bool IsClearText => SocketPath is null && VerifyUri.Scheme == Uri.UriSchemeHttp && !VerifyUri.IsLoopback;

    public static bool TryParse(string text, out PortalUrl? url)
    {
        url = null;
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            // unix:/run/x.sock, and the longer unix:///run/x.sock that other tools want.
            string path = text[UnixPrefix.Length..];
            path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
            if (path.Length > 1 && path[0] == '/' && path[1] != '/')
                url = new PortalUrl(text, new Uri($"http://localhost{VerifyRequest.Path}"), path);
        }
        else if (Uri.TryCreate(text, UriKind.Absolute, out Uri? parsed)
            && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
            && parsed.Host.Length > 0 && parsed.UserInfo.Length == 0 && parsed.Query.Length == 0 && parsed.Fragment.Length == 0)
        {
            url = new PortalUrl(text, new Uri(parsed.GetLeftPart(UriPartial.Path).TrimEnd('/') + VerifyRequest.Path), null);
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
