namespace ProxyPortal.Benchmarks.Timing;

/// <summary>Two kinds got answers that differ in their bytes: there is no need for a clock any more.</summary>
internal sealed class UnlikeAnswersException(string kinds, string one, string other) : Exception($"{kinds}: the answers differ.\n--- one\n{one}\n--- the other\n{other}");
