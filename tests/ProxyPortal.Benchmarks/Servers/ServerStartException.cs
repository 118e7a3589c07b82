namespace ProxyPortal.Benchmarks.Servers;

internal sealed class ServerStartException(string message, string log) : Exception($"{message}\n--- its output\n{log}");
