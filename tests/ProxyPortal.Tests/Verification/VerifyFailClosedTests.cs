using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using ProxyPortal.Core.Http;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>When something is left out or breaks, nobody gets in by it.</summary>
public sealed class VerifyFailClosedTests
{
    private const string TwoDoorsKey = "canary-two-doors-0123456789-0123456789";

    [Theory]
    [InlineData(AuthSchemes.Digest, AuthSchemes.Basic, "scheme.not_allowed")]
    [InlineData(AuthSchemes.Digest, AuthSchemes.Negotiate, "scheme.not_allowed")]
    [InlineData(AuthSchemes.Basic | AuthSchemes.Digest, AuthSchemes.Basic, null)]
    public async Task Verify_EndpointLeftOutBySeveral_SchemeMustHoldAtEveryOne(AuthSchemes first, AuthSchemes second, string? code)
    {
        await using VerifyHost host = await VerifyHost.StartAsync();
        Guid proxy = await host.AddProxyAsync("two-doors", TwoDoorsKey, "one", "two");
        await host.SaveAsync(db =>
        {
            foreach (var endpoint in db.ProxyEndpoints.Where(row => row.ProxyId == proxy))
                endpoint.Schemes = endpoint.Name == "one" ? first : second;
        });
        VerifyReply reply = await host.AskAsync("alice", key: TwoDoorsKey);
        Assert.Equal((code is null ? "accepted" : "rejected", code), (reply.Result, reply.Code));
    }

    [Fact]
    public async Task Verify_ProxyWithoutEndpoints_LetsNobodyIn()
    {
        await using VerifyHost host = await VerifyHost.StartAsync();
        await host.AddProxyAsync("bare", TwoDoorsKey);
        Assert.Equal("rejected", (await host.AskAsync("alice", key: TwoDoorsKey)).Result);
    }

    [Fact]
    public async Task Verify_SomethingBreaks_Is503WithAnIncidentAndNoDetails()
    {
        var clock = new BrokenClock();
        await using VerifyHost host = await VerifyHost.StartAsync(clock);
        clock.IsBroken = true;
        VerifyReply reply = await host.AskAsync("alice");
        // With an escape, so that the body goes through rented memory.
        VerifyReply escaped = await host.SendAsync("""{"userId":"\u0061lice","password":"canary"}""");
        clock.IsBroken = false;
        foreach (VerifyReply broken in (VerifyReply[])[reply, escaped])
        {
            Assert.Equal((503, "application/problem+json", "internal_error"), (broken.Status, broken.ContentType, broken.Code));
            Assert.Contains("Retry-After", broken.Headers, StringComparison.Ordinal);
            Assert.DoesNotContain("clock", broken.Body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("canary", broken.Body, StringComparison.Ordinal);
            Assert.Contains(host.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(broken["incident"]!, StringComparison.Ordinal));
        }
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("canary", StringComparison.Ordinal));
        Assert.Equal("accepted", (await host.AskAsync("alice")).Result);
    }

    /// <summary>Broken only within a request: background work goes on. The request is known by what flows with it, not by its stack,
    /// from which a compiler may take any frame and an await takes them all.</summary>
    private sealed class BrokenClock : TimeProvider, IStartupFilter
    {
        private readonly AsyncLocal<bool> _inRequest = new();

        public bool IsBroken { get; set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                _inRequest.Value = true;
                return following(context);
            });
            next(app);
        };

        public override DateTimeOffset GetUtcNow() =>
            IsBroken && _inRequest.Value ? throw new InvalidOperationException("The clock broke.") : base.GetUtcNow();
    }
}
