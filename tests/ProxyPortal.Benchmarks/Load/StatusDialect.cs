namespace ProxyPortal.Benchmarks.Load;

/// <summary>An HTTP server or proxy that says by its status whether it let the credentials pass.</summary>
/// <param name="rejected">401 for a server, 407 for a proxy.</param>
internal sealed class StatusDialect(int rejected) : Dialect
{
    public override Verdict? Read(ReadOnlySpan<byte> received, PreparedRequest request)
    {
        if (!HttpAnswer.TryRead(received, out var answer)) return null;
        if (answer.Status == 200) return Verdict.Accepted;
        return answer.Status == rejected ? Verdict.Rejected : Verdict.Other;
    }
}
