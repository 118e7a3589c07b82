using System.Text;

namespace ProxyPortal.EndToEndTests.Squid;

/// <summary>The answers a portal gives, and those it never should.</summary>
internal static class FakeAnswers
{
    /// <summary>The connection is closed without a word.</summary>
    public const string HangUp = "";

    public static string Accepted(string userId, int validFor = 60) => Json(200, AcceptedBody(userId, validFor));

    public static string AcceptedBody(string userId, int validFor = 60) =>
        $$"""{"result":"accepted","user":"{{userId}}","groups":["staff"],"validFor":{{validFor}},"id":"id-{{userId}}"}""";

    /// <summary>Each alone is null, everyone else is accepted.</summary>
    public static string AcceptedEach(SeenRequest[] batch, Func<string, bool>? alone = null) =>
        Json(200, $"[{string.Join(',', batch.Select(one => alone?.Invoke(one.UserId) is true ? "null" : AcceptedBody(one.UserId)))}]");

    public static string Rejected(string userId) => Json(
        200,
        $$"""{"result":"rejected","code":"credential.rejected","message":"User name or password is not accepted.","retryAfter":null,"id":"id-{{userId}}"}""");

    public static string Problem(int status, string code) => Response(status, "application/problem+json", $$"""{"status":{{status}},"code":"{{code}}"}""");

    public static string Json(int status, string body) => Response(status, "application/json; charset=utf-8", body);

    public static string Response(int status, string type, string body, string extraHeader = "") =>
        $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\n{extraHeader}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
}
