using System.Text.Json;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.Verification;

/// <summary>
/// <c>POST /api/v1/verify/batch</c>: an array of questions, an array of answers in the same order. Answered is what memory can answer; where
/// it cannot, or where the question has a fault, stands null, and nothing was counted: the caller asks that one alone. So a password that
/// has to be hashed never holds up those that came with it.
/// </summary>
internal sealed class VerifyBatch(Verifier verifier, TimeProvider time) : BodyDialect(VerifyRequest.BatchPath)
{
    // What would not fit is asked alone: callers bound the length of an answer.
    private const int LongestAnswer = 32 * 1024;

    protected override Task AnswerAsync(HttpResponse response, CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch)
    {
        // All of it before anything is answered: a text that is no JSON at its end is none.
        Span<Range> questions = stackalloc Range[VerifyRequest.MaxBatch];
        if (VerifyBatchReader.Split(body, questions, out int count) is { } fault)
        {
            VerifyAnswer.Write(response, fault);
            return Task.CompletedTask;
        }
        Utf8JsonWriter json = VerifyAnswer.Begin();
        json.WriteStartArray();
        foreach (Range question in questions[..count])
        {
            if (json.BytesCommitted + json.BytesPending < LongestAnswer && TryAnswer(caller, body[question], scratch, out VerificationOutcome outcome))
                VerifyAnswer.Write(json, outcome);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
        VerifyAnswer.End(response, json);
        return Task.CompletedTask;
    }

    private bool TryAnswer(CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch, out VerificationOutcome outcome)
    {
        outcome = default;
        return VerifyQuestion.Read(caller, body, scratch, time.GetUtcNow().UtcTicks, out Question question, out VerifyFields fields) is null
            && fields.Scheme is AuthSchemes.Basic
            && TypedLogin.TryRecall(verifier, question, fields.UserId, fields.Password, out outcome);
    }
}
