using System.Net;
using System.Text;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary>From the JSON of one question to what the engine is asked.</summary>
internal static class VerifyQuestion
{
    /// <param name="caller">Who asks.</param>
    /// <param name="body">The JSON object.</param>
    /// <param name="scratch">At least as long as the body where it has escapes.</param>
    /// <param name="now">UTC ticks.</param>
    /// <param name="question">The question, when the result is null.</param>
    /// <param name="fields">Its credentials, which point into body or scratch.</param>
    public static VerifyFault? Read(CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch, long now, out Question question, out VerifyFields fields)
    {
        question = default;
        if (VerifyRequestReader.Read(body, scratch, out fields) is { } fault)
            return fault;
        if (!TryEndpoint(caller, fields.Endpoint, out EndpointModel? endpoint))
            return VerifyFault.EndpointOutOfScope;
        if (!TryAddress(fields.ClientAddress, out IPAddress? address))
            return VerifyFault.ClientAddressInvalid;
        question = caller.Asks(now, fields.Scheme, endpoint, address);
        return null;
    }

    private static bool TryEndpoint(CallerModel caller, ReadOnlySpan<byte> name, out EndpointModel? endpoint)
    {
        endpoint = caller.DefaultEndpoint;
        if (name.IsEmpty)
            return true;
        Span<char> text = stackalloc char[256];
        endpoint = name.Length <= text.Length ? caller.FindEndpoint(text[..Encoding.UTF8.GetChars(name, text)]) : null;
        return endpoint is not null;
    }

    private static bool TryAddress(ReadOnlySpan<byte> name, out IPAddress? address)
    {
        address = null;
        if (name.IsEmpty)
            return true;
        Span<char> text = stackalloc char[64];
        if (name.Length > text.Length || !ClientAddress.TryParse(text[..Encoding.UTF8.GetChars(name, text)], out IPAddress parsed))
            return false;
        address = parsed;
        return true;
    }
}
