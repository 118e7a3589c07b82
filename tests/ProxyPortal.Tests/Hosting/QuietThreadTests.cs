using ProxyPortal.Hosting;
using ProxyPortal.Users.Jobs;
using Xunit;

namespace ProxyPortal.Tests.Hosting;

[Trait("Database", "None")]
public sealed class QuietThreadTests
{
    [Fact]
    public async Task Work_StaysOnItsThread_WhereverItWaits()
    {
        int caller = Environment.CurrentManagedThreadId;
        List<int> threads = [];
        await QuietThread.RunAsync("Test", async () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Run(() => { });
            threads.Add(Environment.CurrentManagedThreadId);
        });
        Assert.Single(threads.Distinct());
        Assert.DoesNotContain(caller, threads);
    }

    [Fact]
    public async Task Failure_IsTheCallers()
    {
        await Assert.ThrowsAsync<UserJobException>(() => QuietThread.RunAsync("Test", () => throw new UserJobException("at once")));
        await Assert.ThrowsAsync<UserJobException>(() => QuietThread.RunAsync("Test", async () =>
        {
            await Task.Yield();
            throw new UserJobException("later");
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => QuietThread.RunAsync("Test", () => Task.FromCanceled(new CancellationToken(canceled: true))));
    }
}
