using System.Text.Json;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.SquidHelper.Portals;

/// <summary>Judges an HTTP answer. Everything that is not exactly the contract is unusable: a captive portal's page is no verdict.</summary>
internal static class PortalAnswerReader
{
    private const string Stranger = "something other than the portal answers at this URL";
    private const string NoContract = "its answer is not the JSON of the contract; " + Stranger;

    public static PortalAnswer Read(HttpAnswerRead read, in HttpAnswer answer) => read switch
    {
        HttpAnswerRead.Complete => Read(answer),
        HttpAnswerRead.TooLong => Unusable("its answer is longer than any of the contract's"),
        _ => Unusable($"its answer is no HTTP of known length; {Stranger}"),
    };

    /// <summary>A portal from before there were batches.</summary>
    public static PortalAnswer KnowsNoBatches { get; } = Unusable("status 404 for questions asked together");

    /// <summary>For questions asked together.</summary>
    public static PortalAnswer ReadBatch(HttpAnswerRead read, in HttpAnswer answer) => (read, answer.Status) switch
    {
        (HttpAnswerRead.Complete, 200) when answer.IsJson => ReadEach(answer.Body),
        (HttpAnswerRead.Complete, 404) => KnowsNoBatches,
        _ => Read(read, answer),
    };

    /// <summary>For what is only told: 204 is the word.</summary>
    public static PortalAnswer ReadReceipt(HttpAnswerRead read, in HttpAnswer answer) =>
        read is HttpAnswerRead.Complete && answer.Status == 204 ? new PortalAnswer(PortalVerdict.Accepted) : Read(read, answer);

    private static PortalAnswer Read(in HttpAnswer answer) => answer.Status switch
    {
        200 when answer.IsJson => ReadBody(answer.Body),
        200 => Unusable($"status 200 without JSON; {Stranger}"),
        400 or 413 when answer.IsJson => new PortalAnswer(PortalVerdict.Malformed),
        401 => Unusable("status 401, the caller key is missing or wrong; put the key that the portal shows for this proxy into the key file and run squid -k reconfigure"),
        403 => Unusable("status 403, this proxy may not ask that; check --endpoint and the schemes and addresses that the portal allows for this caller key"),
        404 => Unusable("status 404; --url must name the portal's verify listener, not its pages"),
        429 or >= 500 => new PortalAnswer(PortalVerdict.Unavailable, Fault: $"status {answer.Status}; see the portal's log"),
        _ => Unusable($"status {answer.Status}, which is no answer of the portal's; check --url"),
    };

    private static PortalAnswer ReadBody(ReadOnlySpan<byte> body)
    {
        try
        {
            return ReadResponse(JsonSerializer.Deserialize(body, VerifyJsonContext.Default.VerifyResponse));
        }
        catch (JsonException)
        {
            return Unusable(NoContract);
        }
    }

    private static PortalAnswer ReadEach(ReadOnlySpan<byte> body)
    {
        try
        {
            VerifyResponse?[]? each = JsonSerializer.Deserialize(body, VerifyJsonContext.Default.VerifyResponseArray);
            return each is null ? Unusable(NoContract) : new PortalAnswer(PortalVerdict.Accepted, Each: Array.ConvertAll(each, response => response is null ? null : ReadResponse(response)));
        }
        catch (JsonException)
        {
            return Unusable(NoContract);
        }
    }

    private static PortalAnswer ReadResponse(VerifyResponse? response) => response?.Result switch
    {
        VerifyResponse.Accepted => new PortalAnswer(PortalVerdict.Accepted, response),
        VerifyResponse.Rejected => new PortalAnswer(PortalVerdict.Rejected, response),
        _ => Unusable("its answer has no result that this helper knows; are portal and helper of the same release?"),
    };

    private static PortalAnswer Unusable(string fault) => new(PortalVerdict.Unusable, Fault: fault);
}
