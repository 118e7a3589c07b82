using System.Text;
using System.Text.Json;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Servers;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>Requests to POST /api/v1/verify as bytes.</summary>
internal sealed class VerifyRequests(string callerKey)
{
    private int _sources;

    public PreparedRequest Build(string userId, string password, Verdict expected)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new VerifyBody("Basic", userId, password, NextSource(), BootstrapFile.Endpoint), VerifyJson.Default.VerifyBody);
        var head = $"""
            POST /api/v1/verify HTTP/1.1
            Host: localhost
            Authorization: Bearer {callerKey}
            Content-Type: application/json
            Content-Length: {body.Length}


            """.ReplaceLineEndings("\r\n");
        return new PreparedRequest([.. Encoding.ASCII.GetBytes(head), .. body], expected);
    }

    // Every user has an address of its own in the range that RFC 2544 keeps for benchmarks, so that a guesser's throttle
    // hits the guesser only.
    private string NextSource()
    {
        var number = Interlocked.Increment(ref _sources) % (1 << 17);
        return $"198.{18 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
    }
}
