using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary><c>POST /api/v1/verify</c>, asked about one login after another with secrets that nobody has. Every attempt comes from an address
/// of its own, so that it is compared and not throttled, but for the kinds that are about it.</summary>
/// <param name="name">What is asked about.</param>
/// <param name="server">The verify listener.</param>
/// <param name="logins">Each kind and its logins, which take turns.</param>
/// <param name="callerKey">Gives the caller key of a kind.</param>
internal sealed partial class VerifySurface(string name, IPEndPoint server, IReadOnlyList<(string Kind, string[] Logins)> logins, Func<string, string> callerKey)
    : Surface(name, server, [.. logins.Select(kind => kind.Kind)])
{
    private int _next;

    public override byte[] Request(int kind)
    {
        var (name, own) = logins[kind];
        var source = name is TimingData.Throttled or TimingData.NobodyThrottled ? Sources.Of(0) : Sources.Of(++_next);
        var body = JsonSerializer.SerializeToUtf8Bytes(new VerifyBody("Basic", own[Random.Shared.Next(own.Length)], Fresh.Secret(), source, null), VerifyJson.Default.VerifyBody);
        var head = $"""
            POST /api/v1/verify HTTP/1.1
            Host: localhost
            Authorization: Bearer {callerKey(name)}
            Content-Type: application/json
            Content-Length: {body.Length}


            """.ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    public override string Constant(ReadOnlySpan<byte> answer) => Changing().Replace(Encoding.Latin1.GetString(answer), "");

    [GeneratedRegex("\"id\":\"[0-9A-Z]{26}\"|Date: [^\r]+\r\n")]
    private static partial Regex Changing();
}
