using ProxyPortal.Core.Http;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.Verification;

/// <summary>The portal's own dialect: <c>POST /api/v1/verify</c>, JSON in and out.</summary>
internal sealed class VerifyApi(Verifier verifier, TimeProvider time) : BodyDialect(VerifyRequest.Path)
{
    protected override Task AnswerAsync(HttpResponse response, CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch)
    {
        if (Ask(caller, body, scratch, out ValueTask<VerificationOutcome> pending) is { } fault)
            VerifyAnswer.Write(response, fault);
        else if (pending.IsCompletedSuccessfully)
            VerifyAnswer.Write(response, pending.Result);
        else
            return WriteWhenKnownAsync(response, pending);
        return Task.CompletedTask;
    }

    private static async Task WriteWhenKnownAsync(HttpResponse response, ValueTask<VerificationOutcome> pending) =>
        VerifyAnswer.Write(response, await pending);

    private VerifyFault? Ask(CallerModel caller, ReadOnlySpan<byte> body, Span<byte> scratch, out ValueTask<VerificationOutcome> pending)
    {
        pending = default;
        if (VerifyQuestion.Read(caller, body, scratch, time.GetUtcNow().UtcTicks, out Question question, out VerifyFields fields) is { } fault)
            return fault;
        if (fields.Scheme is AuthSchemes.Basic)
            return TypedLogin.Ask(verifier, question, fields.UserId, fields.Password, out pending);
        pending = new(verifier.Unsupported(question));
        return null;
    }
}
