namespace ProxyPortal.Benchmarks.Load;

/// <summary>The bytes of a request, built before the clock runs, and the answer that it must get.</summary>
internal sealed record PreparedRequest(byte[] Bytes, Verdict Expected);
