namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>A user with a password, or a user with devices that have secrets of their own.</summary>
internal sealed record KnownUser(string UserId, string? Password, IReadOnlyList<Device> Devices);

internal sealed record Device(string Name, string Secret);
