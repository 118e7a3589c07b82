namespace ProxyPortal.Benchmarks.Cases;

/// <summary>A load beside the one that is measured; disposing ends it.</summary>
internal interface IDisturbance : IAsyncDisposable;
