namespace ProxyPortal.Benchmarks.Load;

/// <summary>The answers of POST /api/v1/verify.</summary>
internal sealed class VerifyDialect : Dialect
{
    public static VerifyDialect Instance { get; } = new();

    public override Verdict? Read(ReadOnlySpan<byte> received, PreparedRequest request)
    {
        if (!HttpAnswer.TryRead(received, out var answer)) return null;
        if (answer.Status == 503) return Verdict.Shed;
        if (answer.Status != 200) return Verdict.Other;
        if (answer.Body.IndexOf("\"accepted\""u8) >= 0) return Verdict.Accepted;
        return answer.Body.IndexOf("\"rejected\""u8) >= 0 ? Verdict.Rejected : Verdict.Other;
    }
}
