namespace ProxyPortal.Benchmarks.Accounts;

internal sealed record KnownUser(string UserId, string Password);
