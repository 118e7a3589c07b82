using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Audit;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Audit;

/// <summary>Entries are chained by hashes, nobody changes them, and whoever did it past the portal is found.</summary>
public sealed class AuditChainTests : IAsyncLifetime
{
    private static readonly AuditTarget Target = new("user", Guid.CreateVersion7(), "alice");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await ServiceHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Empty_IsWhole()
    {
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal((0, 0, null), (verdict.Checked, verdict.Unchained, verdict.Fault));
    }

    [Fact]
    public async Task Entries_OfOneSaveAndOfMany_AreChainedInTheOrderAdded()
    {
        await AddAsync(3);
        await AddAsync(1);
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal((4, null), (verdict.Checked, verdict.Fault));
        await using PortalDbContext db = await _host.OpenAsync();
        List<AuditEntry> entries = await db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync(None);
        Assert.Equal(["act.0", "act.1", "act.2", "act.0"], entries.Select(entry => entry.Action));
        Assert.Equal(entries[^1].Hash, AuditChain.HashOf(entries[^2].Hash!, entries[^1]));
    }

    [Fact]
    public async Task Entries_OfManyWritersAtOnce_AreOneChain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AddAsync(1 + i % 3)));
        Assert.Equal((39, null), ((int)(await VerifyAsync()).Checked, (await VerifyAsync()).Fault));
    }

    [Fact]
    public async Task Entry_OfAChangeThatFails_LeavesNoGap()
    {
        await AddAsync(1);
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            db.Settings.Add(new ProxyPortal.Settings.PortalSettings { Id = 7 });
            await db.SaveChangesAsync(None);
        }
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            db.Settings.Add(new ProxyPortal.Settings.PortalSettings { Id = 7 });
            _host.Get<AuditTrail>().Add(db, _host.Admin, "act.lost", Target);
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(None));
        }
        await AddAsync(1);
        Assert.Equal((2, null), ((int)(await VerifyAsync()).Checked, (await VerifyAsync()).Fault));
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET actor_name = 'mallory' WHERE id = 2")]
    [InlineData("DELETE FROM audit_entries WHERE id = 2")]
    [InlineData("DELETE FROM audit_entries")]
    public async Task Database_RefusesToChangeEntries(string sql)
    {
        await AddAsync(3);
        Assert.Contains("only ever added", (await Record.ExceptionAsync(() => RunAsync(sql)))?.Message ?? "", StringComparison.Ordinal);
        Assert.Null((await VerifyAsync()).Fault);
    }

    [Theory]
    [InlineData("changed", "UPDATE audit_entries SET actor_name = 'mallory' WHERE id = 2", 2)]
    [InlineData("address taken away", "UPDATE audit_entries SET address = NULL WHERE id = 2", 2)]
    [InlineData("deleted in the middle", "DELETE FROM audit_entries WHERE id = 2", 2)]
    [InlineData("deleted at the beginning", "DELETE FROM audit_entries WHERE id = 1", 1)]
    [InlineData("cut off at the end", "DELETE FROM audit_entries WHERE id >= 3", 3)]
    [InlineData("all deleted", "DELETE FROM audit_entries", 1)]
    [InlineData("added past the portal", "INSERT INTO audit_entries (id, at, actor_name, action, target_kind, target_name) VALUES (5, 0, 'a', 'b', 'c', 'd'); UPDATE audit_chain SET head_id = 5", 5)]
    [InlineData("cut off with its record", "DELETE FROM audit_entries WHERE id >= 3; UPDATE audit_chain SET head_id = 2, head_hash = (SELECT hash FROM audit_entries WHERE id = 2)", 2)]
    [InlineData("started anew", "DELETE FROM audit_chain", 1)]
    public async Task Tampering_NamesTheFirstBrokenEntryAlsoAfterMoreWereAdded(string row, string sql, long broken)
    {
        await AddAsync(4);
        await DropTriggersAsync();
        foreach (string one in sql.Split(';'))
            await RunAsync(one);
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal((row, (long?)broken), (row, verdict.BrokenId));
        Assert.NotNull(verdict.Fault);
        await AddAsync(2);
        Assert.NotNull((await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task Entries_FromBeforeTheChain_AreCountedApart()
    {
        await DropTriggersAsync();
        await RunAsync("INSERT INTO audit_entries (id, at, actor_name, action, target_kind, target_name) VALUES (7, 0, 'a', 'b', 'c', 'd')");
        await AddAsync(2);
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal((2, 1, 9, null), (verdict.Checked, verdict.Unchained, verdict.HeadId, verdict.Fault));
    }

    [Fact]
    public async Task Retention_RemovesTheOldAndTheRestStaysAChain()
    {
        await AddAsync(3);
        _time.Advance(TimeSpan.FromDays(500));
        await AddAsync(2);
        _time.Advance(TimeSpan.FromDays(231));
        Assert.Equal(3, await _host.Get<AuditRetention>().SweepAsync(None));
        AuditVerdict verdict = await VerifyAsync();
        Assert.Equal((3, null), (verdict.Checked, verdict.Fault));
        Assert.Equal(0, await _host.Get<AuditRetention>().SweepAsync(None));
        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync("DELETE FROM audit_entries WHERE id = 4"));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal([4, 5, 6], await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Id).ToListAsync(None));
        Assert.Equal(AuditAction.AuditRetained, await db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Action).LastAsync(None));
    }

    [Fact]
    public async Task Retention_KeepsTheLatestHoweverOld()
    {
        await AddAsync(2);
        _time.Advance(TimeSpan.FromDays(10_000));
        await _host.Get<AuditRetention>().SweepAsync(None);
        Assert.Equal((2, null), ((int)(await VerifyAsync()).Checked, (await VerifyAsync()).Fault));
    }

    [Fact]
    public async Task Retention_Zero_KeepsAll()
    {
        _host.Get<IOptions<AuditOptions>>().Value.RetentionDays = 0;
        await AddAsync(2);
        _time.Advance(TimeSpan.FromDays(10_000));
        Assert.Equal(0, await _host.Get<AuditRetention>().SweepAsync(None));
    }

    private Task<AuditVerdict> VerifyAsync() => _host.Get<AuditVerification>().RunAsync(None);

    private async Task AddAsync(int count)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        for (int i = 0; i < count; i++)
            _host.Get<AuditTrail>().Add(db, _host.Admin, $"act.{i}", Target, new { Notes = (string?)null }, new { Notes = "ü\n\"" });
        await db.SaveChangesAsync(None);
    }

    private async Task DropTriggersAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        foreach (string name in (string[])(db.Database.IsNpgsql() ? ["audit_entries_only_added ON audit_entries", "audit_entries_no_truncate ON audit_entries"] : ["audit_entries_no_update", "audit_entries_no_delete"]))
            await RunAsync($"DROP TRIGGER {name}");
    }

    private async Task RunAsync(string sql)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        await db.Database.ExecuteSqlRawAsync(sql, None);
    }
}
