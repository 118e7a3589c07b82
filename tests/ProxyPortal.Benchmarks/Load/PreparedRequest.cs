namespace ProxyPortal.Benchmarks.Load;

internal enum ExpectedAnswer
{
    Accepted,
    Rejected,
}

/// <summary>The bytes of a request, built before the clock runs, and the answer that it must get.</summary>
internal sealed record PreparedRequest(byte[] Bytes, ExpectedAnswer Expected)
{
    public bool IsAnsweredBy(HttpAnswer answer) => answer.Status == 200 && answer.Body.IndexOf(Marker) >= 0;

    private ReadOnlySpan<byte> Marker => Expected == ExpectedAnswer.Accepted ? "\"accepted\""u8 : "\"rejected\""u8;
}
