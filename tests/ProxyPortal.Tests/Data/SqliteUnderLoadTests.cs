using System.Globalization;
using System.Net;
using ProxyPortal.Access;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Tests.Bootstrap;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Data;

[Trait("Database", "Sqlite")]
public sealed class SqliteUnderLoadTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private const int VerificationsPerRound = 20;

    [Fact]
    public async Task Verifications_TwoHundredASecondWhileAdministratorsEdit_NobodyFindsTheDatabaseLocked()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(BootstrapSample.Json);
        using var end = new CancellationTokenSource(Duration);
        Task<int> verifying = Task.Run(() => VerifyAsync(server, end.Token), TestContext.Current.CancellationToken);
        int[] edits = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => EditAsync(server, i, end.Token), TestContext.Current.CancellationToken)));
        Assert.True(await verifying >= 200 * Duration.TotalSeconds * 0.8);
        Assert.True(edits.Sum() > 20, $"{edits.Sum()} edits");
    }

    private static async Task<int> VerifyAsync(PortalHost server, CancellationToken end)
    {
        Verifier verifier = server.Get<Verifier>();
        CallerModel caller = server.Get<DirectoryIndex>().Callers.Find("at-least-32-characters-of-random")!.Caller;
        byte[] secret = "at-least-32-characters-of-random"u8.ToArray();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        int accepted = 0;
        while (!end.IsCancellationRequested)
        {
            for (int i = 0; i < VerificationsPerRound; i++)
            {
                var request = new VerificationRequest(TimeProvider.System.GetUtcNow().UtcTicks, AuthSchemes.Basic, caller.Endpoints[0], IPAddress.Loopback);
                VerificationOutcome outcome = await verifier.VerifyAsync(new Question(caller, request), "alice+laptop", secret);
                Assert.True(outcome.Decision.Accepted, outcome.Decision.Reason.ToString());
                accepted++;
            }
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
        return accepted;
    }

    private static async Task<int> EditAsync(PortalHost server, int writer, CancellationToken end)
    {
        UserService users = server.Get<UserService>();
        int saved = 0;
        for (; !end.IsCancellationRequested; saved++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"user-{writer}-{saved}");
            var created = await users.CreateAsync(Actor.Portal, new UserInput { UserId = name }, CancellationToken.None);
            Assert.True(created.Succeeded, created.Error?.Message);
            Assert.True((await users.SuspendAsync(Actor.Portal, created.Value.Id, CancellationToken.None)).Succeeded);
        }
        return saved;
    }
}
