using ProxyPortal.Data;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

public sealed class ChangeCursorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    // PostgreSQL: a commit that took its number earlier may become visible later, also later than the load at start.
    [Fact]
    public async Task Read_CommitThatWasUnderWayDuringTheLoad_IsReadAfterAll()
    {
        await using VerifyHost host = await VerifyHost.StartAsync();
        await host.SaveAsync(db => db.DirectoryChanges.AddRange(Change(1000), Change(1002)));
        await using PortalDbContext db = await host.OpenAsync();
        ChangeCursor cursor = await ChangeCursor.AtAsync(db, 1002, Noon, TestContext.Current.CancellationToken);
        Assert.Empty(await cursor.ReadAsync(db, Noon, TestContext.Current.CancellationToken));
        await host.SaveAsync(late => late.DirectoryChanges.Add(Change(1001)));
        List<DirectoryChange> read = await cursor.ReadAsync(db, Noon, TestContext.Current.CancellationToken);
        Assert.Equal([1001L], read.Select(change => change.Sequence));
        cursor.Advance(read, Noon);
        Assert.Empty(await cursor.ReadAsync(db, Noon, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_NumberSkipped_IsAskedForUntilItIsTooLate()
    {
        await using VerifyHost host = await VerifyHost.StartAsync();
        await using PortalDbContext db = await host.OpenAsync();
        var cursor = new ChangeCursor(1000);
        cursor.Advance([Change(1002)], Noon);
        await host.SaveAsync(late => late.DirectoryChanges.Add(Change(1001)));
        Assert.Single(await cursor.ReadAsync(db, Noon.AddSeconds(60), TestContext.Current.CancellationToken));
        Assert.Empty(await cursor.ReadAsync(db, Noon.AddSeconds(61), TestContext.Current.CancellationToken));
    }

    private static DirectoryChange Change(long sequence) => new() { Sequence = sequence, Part = DirectoryPart.User, EntityId = Guid.CreateVersion7() };
}
