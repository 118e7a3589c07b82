using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Core.Verification;
using ProxyPortal.Integrations.ForwardAuth;
using ProxyPortal.Tests.Verification;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Integrations.ForwardAuth;

/// <summary>A fault of the caller or of ours: never success, and never what the proxy would take for a rejected user.</summary>
public sealed class ForwardFailClosedTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private const long BytesPerHit = 8;
    private const int Hits = 2000;
    private static readonly string Alice = ForwardReply.Basic("alice", VerifyHost.Password);
    private readonly VerifyHost _host = fixture.Host;

    [Theory]
    [InlineData("X-Nothing: x")]
    [InlineData("X-Caller-Key: ")]
    [InlineData("X-Caller-Key: canary-unknown")]
    [InlineData("X-Caller-Key: Bearer {key}")]
    [InlineData("X-Caller-Key: {key}\r\nX-Caller-Key: {key}")]
    [InlineData("X-Caller-Key: {key}, {key}")]
    [InlineData("Authorization: Bearer {key}")]
    [InlineData("X-Proxy-Authorization: Bearer {key}")]
    [InlineData("Cookie: X-Caller-Key={key}")]
    public async Task Forward_NoValidCallerKey_Is403WhateverTheUserSent(string lines)
    {
        foreach (string target in (string[])["/auth/forward", "/auth/forward?ok=204&deny=401", "/auth/forward?from=authorization&deny=401", "/auth/ext-authz/x"])
        {
            ForwardReply reply = await ForwardReply.SendAsync(_host, "GET", target, "", lines.Replace("{key}", VerifyHost.CallerKey, StringComparison.Ordinal), $"Proxy-Authorization: {Alice}");
            Assert.Equal((403, "caller_unauthenticated", ""), (reply.Status, reply["X-Portal-Error"], reply.Body));
            Assert.DoesNotContain(reply.Lines, line => line.Name.EndsWith("-Authenticate", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Forward_OriginsAuthorization_DoesNotDisturbTheCallersKey()
    {
        ForwardReply reply = await ForwardReply.AskAsync(_host, "/auth/forward", "Authorization: Bearer of-the-origin", "Authorization: Basic YTpi", $"Proxy-Authorization: {Alice}");
        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Forward_BeforeTheDirectoryIsLoaded_Is503()
    {
        await using VerifyHost empty = await VerifyHost.StartAsync(loaded: false);
        ForwardReply reply = await ForwardReply.AskAsync(empty, "/auth/forward", $"Proxy-Authorization: {Alice}");
        Assert.Equal((503, "1", "not_ready", "", "no-store"), (reply.Status, reply["Retry-After"], reply["X-Portal-Error"], reply.Body, reply["Cache-Control"]));
    }

    [Fact]
    public async Task Forward_SomethingBreaks_Is503WithAnIncidentAndNoDetails()
    {
        var clock = new BrokenClock();
        await using VerifyHost host = await VerifyHost.StartAsync(clock);
        clock.IsBroken = true;
        ForwardReply reply = await ForwardReply.AskAsync(host, "/auth/forward", $"Proxy-Authorization: {Alice}");
        clock.IsBroken = false;
        Assert.Equal((503, "1", "internal_error", ""), (reply.Status, reply["Retry-After"], reply["X-Portal-Error"], reply.Body));
        Assert.Contains(host.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(reply["X-Portal-Incident"]!, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RejectionReason.Overloaded)]
    [InlineData(RejectionReason.BackendUnavailable)]
    public void Answer_Temporary_Is503WithoutAChallenge(RejectionReason reason)
    {
        CallerModel caller = _host.Index.Callers.Find(VerifyHost.CallerKey)!.Caller;
        HttpResponse response = new DefaultHttpContext().Response;
        ForwardAnswer.Write(response, caller, ForwardOptions.Of(caller) with { Deny = 401 }, new VerificationOutcome(default, new VerificationDecision(reason, SecretProved: false), null, null, 0));
        Assert.Equal((503, "1", 0L), (response.StatusCode, response.Headers.RetryAfter.ToString(), response.ContentLength));
        Assert.DoesNotContain(response.Headers, header => header.Key.EndsWith("-Authenticate", StringComparison.OrdinalIgnoreCase));
    }

    // The same budget as everywhere, from the gate on. What a hit leaves behind is an address, when one was told.
    [Theory]
    [InlineData("/auth/forward")]
    [InlineData("/auth/forward?ok=200&deny=401&endpoint=hq&schemes=Basic")]
    [InlineData("/auth/ext-authz/some/path.html?q=1")]
    public void Gate_Hit_AllocatesAlmostNothingAndCompletesAtOnce(string target)
    {
        VerifyGate gate = _host.Services.GetRequiredService<VerifyGate>();
        var connection = new VerifyConnection();
        var context = new DefaultHttpContext();
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        context.Request.Headers.ProxyAuthorization = Alice;
        context.Request.Headers[CallerKeys.Header] = VerifyHost.CallerKey;
        Run(gate, context, connection);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(gate, context, connection);
        long perHit = (GC.GetAllocatedBytesForCurrentThread() - before) / Hits;
        Assert.True(perHit <= BytesPerHit, $"{perHit} B per hit");
    }

    private static void Run(VerifyGate gate, HttpContext context, VerifyConnection connection)
    {
        for (int i = 0; i < Hits; i++)
            Assert.True(gate.HandleAsync(context, connection).IsCompletedSuccessfully && context.Response.StatusCode == 200);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            IsBroken && Environment.StackTrace.Contains("HeaderLogin", StringComparison.Ordinal) ? throw new InvalidOperationException("The clock broke.") : base.GetUtcNow();
    }
}
