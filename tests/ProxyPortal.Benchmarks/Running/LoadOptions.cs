namespace ProxyPortal.Benchmarks.Running;

/// <summary>How hard and how long, the same for every verb.</summary>
internal sealed record LoadOptions(int Rounds, TimeSpan Duration, TimeSpan WarmUp, int Connections);
