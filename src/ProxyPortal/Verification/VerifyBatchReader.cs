using System.Text.Json;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.Verification;

/// <summary>Finds the questions in the body of POST /api/v1/verify/batch; what stands in each is <see cref="VerifyRequestReader"/>'s affair.</summary>
internal static class VerifyBatchReader
{
    private static readonly VerifyFault Count = VerifyFault.FieldRequired($"an array of 1 to {VerifyRequest.MaxBatch} questions");

    /// <param name="body">The whole body.</param>
    /// <param name="questions">Takes where each question stands; as many as there may be.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>Why it is no batch.</returns>
    public static VerifyFault? Split(ReadOnlySpan<byte> body, Span<Range> questions, out int count)
    {
        count = 0;
        if (body.IsEmpty)
            return VerifyFault.BodyMissing;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = VerifyRequestReader.MaxDepth + 1 });
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartArray)
                return VerifyFault.JsonInvalid("$");
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (reader.TokenType is not JsonTokenType.StartObject || count == questions.Length)
                    return Count;
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                questions[count++] = start..(int)reader.BytesConsumed;
            }
            if (reader.Read())
                return VerifyFault.JsonInvalid(null);
            return count == 0 ? Count : null;
        }
        catch (JsonException)
        {
            return VerifyFault.JsonInvalid(null);
        }
    }
}
