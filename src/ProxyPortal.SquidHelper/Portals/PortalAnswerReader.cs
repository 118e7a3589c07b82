using System.Net;
using System.Text.Json;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Judges an HTTP answer. Everything that is not exactly the contract is unusable: a captive portal's page is no verdict.</summary>
internal static class PortalAnswerReader
{
    /// <summary>An honest answer is a few hundred bytes.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    public static async Task<PortalAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        int status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK when IsJson(response):
                byte[]? body = await ReadBodyAsync(response, cancellation);
                return body is null ? Unusable("its answer is longer than any of the contract's") : ReadBody(body);
            case HttpStatusCode.OK:
                return Unusable("status 200 without JSON; something other than the portal answers at this URL");
            case HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge when IsJson(response):
                return new PortalAnswer(PortalVerdict.Malformed);
            case HttpStatusCode.Unauthorized:
                return Unusable("status 401, the caller key is missing or wrong; put the key that the portal shows for this proxy into the key file and run squid -k reconfigure");
            case HttpStatusCode.Forbidden:
                return Unusable("status 403, this proxy may not ask that; check --endpoint and the schemes and addresses that the portal allows for this caller key");
            case HttpStatusCode.NotFound:
                return Unusable("status 404; --url must name the portal's verify listener, not its pages");
            case HttpStatusCode.TooManyRequests:
            case var _ when status >= 500:
                return new PortalAnswer(PortalVerdict.Unavailable, Fault: $"status {status}; see the portal's log");
            default:
                return Unusable($"status {status}, which is no answer of the portal's; check --url");
        }
    }

    private static PortalAnswer ReadBody(byte[] body)
    {
        try
        {
            VerifyResponse? response = JsonSerializer.Deserialize(body, VerifyJsonContext.Default.VerifyResponse);
            return response?.Result switch
            {
                VerifyResponse.Accepted => new PortalAnswer(PortalVerdict.Accepted, response),
                VerifyResponse.Rejected => new PortalAnswer(PortalVerdict.Rejected, response),
                _ => Unusable("its answer has no result that this helper knows; are portal and helper of the same release?"),
            };
        }
        catch (JsonException)
        {
            return Unusable("its answer is not the JSON of the contract; something other than the portal answers at this URL");
        }
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > MaxBodyBytes)
            return null;
        byte[] body = new byte[response.Content.Headers.ContentLength ?? MaxBodyBytes + 1];
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        int length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
        return length > MaxBodyBytes ? null : body[..length];
    }

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static PortalAnswer Unusable(string fault) => new(PortalVerdict.Unusable, Fault: fault);
}
