using System.Text;
using ProxyPortal.Tests.Verification;

namespace ProxyPortal.Tests.Integrations.ForwardAuth;

/// <summary>An answer as it came over the wire, header lines in their order.</summary>
internal sealed record ForwardReply(int Status, IReadOnlyList<(string Name, string Value)> Lines, string Body)
{
    /// <summary>The only line of that name; null when there is none.</summary>
    public string? this[string header] => Lines.SingleOrDefault(line => line.Name.Equals(header, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Everything but the date.</summary>
    public string Comparable => $"{Status}\n{string.Join('\n', Lines.Where(line => line.Name != "Date"))}\n{Body}";

    /// <summary>Sends a request under the caller key of <c>hq-squid</c>.</summary>
    /// <param name="host">The portal.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="lines">Header lines, each as it shall be sent.</param>
    public static Task<ForwardReply> AskAsync(VerifyHost host, string target, params string[] lines) =>
        SendAsync(host, "GET", target, "", [$"X-Caller-Key: {VerifyHost.CallerKey}", .. lines]);

    public static async Task<ForwardReply> SendAsync(VerifyHost host, string method, string target, string body, params string[] lines)
    {
        string text = await RawHttp.SendAsync(host.VerifyPort, $"{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n{body}");
        string[] parts = text.Split("\r\n\r\n", 2);
        return new ForwardReply(
            RawHttp.StatusOf(text), [.. parts[0].Split("\r\n").Skip(1).Select(line => line.Split(": ", 2)).Select(pair => (pair[0], pair.ElementAtOrDefault(1) ?? ""))], parts.ElementAtOrDefault(1) ?? "");
    }

    public static string Basic(string login, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}"));
}
