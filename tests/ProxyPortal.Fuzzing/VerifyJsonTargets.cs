using System.Text;
using System.Text.Json;
using ProxyPortal.Verification;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class VerifyJsonTargets
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>What the strict reader takes, the platform's parser takes too, and both read the same.</summary>
    public static void Requests(byte[] input)
    {
        if (input.Length > VerifyRequestReader.MaxBody)
            return;
        byte[] scratch = new byte[input.Length];
        if (VerifyRequestReader.Read(input, scratch, out VerifyFields fields) is { } fault)
        {
            Demand(fault.Status is >= 400 and < 500, "a fault of the request");
            return;
        }
        using JsonDocument document = JsonDocument.Parse(input, Strict);
        Same(document, "userId", fields.UserId);
        Same(document, "password", fields.Password);
        Same(document, "clientAddress", fields.ClientAddress);
        Same(document, "endpoint", fields.Endpoint);
    }

    private static void Same(JsonDocument document, string name, ReadOnlySpan<byte> read)
    {
        string? expected = document.RootElement.TryGetProperty(name, out JsonElement element) ? element.GetString() : null;
        Demand(Encoding.UTF8.GetString(read) == (expected ?? ""), name);
    }
}
