using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>One host for all tests of a class that leave it as they found it.</summary>
public sealed class VerifyFixture : IAsyncLifetime
{
    internal VerifyHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await VerifyHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
