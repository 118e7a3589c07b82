using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ProxyPortal.Core.Protocols;
using ProxyPortal.Verification;
using static ProxyPortal.Fuzzing.FuzzTargets;

namespace ProxyPortal.Fuzzing;

internal static class VerifyJsonTargets
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>What the strict reader takes, the platform's parser takes too, and both read the same.</summary>
    public static void Requests(byte[] input)
    {
        if (input.Length > VerifyRequest.MaxBodyBytes)
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

    /// <summary>What is taken for a batch is one to the platform's parser too, of the same questions to the byte.</summary>
    public static void Batches(byte[] input)
    {
        if (input.Length > VerifyRequest.MaxBodyBytes)
            return;
        Span<Range> questions = stackalloc Range[VerifyRequest.MaxBatch];
        if (VerifyBatchReader.Split(input, questions, out int count) is { } fault)
        {
            Demand(fault.Status is >= 400 and < 500, "a fault of the request");
            return;
        }
        using JsonDocument document = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = Strict.MaxDepth + 1 });
        Demand(count == document.RootElement.GetArrayLength(), "as many questions");
        byte[] scratch = new byte[input.Length];
        for (int i = 0; i < count; i++)
        {
            Demand(input.AsSpan(questions[i]).SequenceEqual(JsonMarshal.GetRawUtf8Value(document.RootElement[i])), "the same question");
            VerifyRequestReader.Read(input.AsSpan(questions[i]), scratch, out _);
        }
    }

    private static void Same(JsonDocument document, string name, ReadOnlySpan<byte> read)
    {
        string? expected = document.RootElement.TryGetProperty(name, out JsonElement element) ? element.GetString() : null;
        Demand(Encoding.UTF8.GetString(read) == (expected ?? ""), name);
    }
}
