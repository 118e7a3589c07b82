namespace ProxyPortal.Benchmarks.Reporting;

/// <summary>One line of the table of aims.</summary>
/// <param name="What">What was compared.</param>
/// <param name="Aim">What it should come to; empty where nothing was promised.</param>
/// <param name="Measured">What it came to; null when it could not be measured here.</param>
/// <param name="IsMet">Whether that is enough; null where nothing was promised or measured.</param>
internal sealed record Finding(string What, string Aim, string? Measured, bool? IsMet);
