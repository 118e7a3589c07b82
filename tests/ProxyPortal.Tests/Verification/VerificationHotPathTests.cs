using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>The budget of a hit: see README.md of the verification.</summary>
public sealed class VerificationHotPathTests(VerifyFixture fixture) : IClassFixture<VerifyFixture>
{
    private const long BytesPerHit = 8;
    private const int Hits = 2000;
    private readonly VerifyHost _host = fixture.Host;

    [Theory]
    [InlineData("alice", VerifyHost.Password)]
    [InlineData("alice+laptop", VerifyHost.DeviceSecret)]
    public async Task Verify_Hit_AllocatesAlmostNothingAndCompletesAtOnce(string login, string secret)
    {
        if (_host.Index.FindUser("alice")!.Devices.Length == 0)
            await _host.SaveAsync(db => db.Devices.Add(_host.NewDevice(_host.Index.FindUser("alice")!.Id, "laptop")));
        Assert.Equal("accepted", (await _host.AskAsync(login, secret)).Result);
        Verifier verifier = _host.Services.GetRequiredService<Verifier>();
        CallerModel caller = _host.Index.Callers.Find(VerifyHost.CallerKey)!.Caller;
        var question = new Question(caller, new VerificationRequest(TimeProvider.System.GetUtcNow().UtcTicks, AuthSchemes.Basic, caller.DefaultEndpoint, null));
        byte[] prepared = System.Text.Encoding.UTF8.GetBytes(secret);
        Run(verifier, question, login, prepared);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(verifier, question, login, prepared);
        long perHit = (GC.GetAllocatedBytesForCurrentThread() - before) / Hits;
        TestContext.Current.TestOutputHelper!.WriteLine($"{perHit} B per hit");
        Assert.True(perHit <= BytesPerHit, $"{perHit} B per hit");
    }

    private static void Run(Verifier verifier, in Question question, string login, byte[] secret)
    {
        for (int i = 0; i < Hits; i++)
        {
            ValueTask<VerificationOutcome> pending = verifier.VerifyAsync(question, login, secret);
            Assert.True(pending.IsCompletedSuccessfully && pending.GetAwaiter().GetResult().Decision.Accepted);
        }
    }
}
