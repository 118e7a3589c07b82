using System.Globalization;
using Microsoft.Data.Sqlite;
using ProxyPortal.Benchmarks.Accounts;
using ProxyPortal.Benchmarks.Bulk;
using ProxyPortal.Benchmarks.Load;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Benchmarks.Running;
using ProxyPortal.Benchmarks.Servers;
using ProxyPortal.Mail;

namespace ProxyPortal.Benchmarks.Notices;

/// <summary>Users whose access ends in a week; a portal that has just started looks for such after a minute. Mails are dropped as files.</summary>
internal static class NoticesRun
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Aim = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(int users, RunEnvironment environment, CancellationToken cancellation)
    {
        // Devices: passwords would have to be hashed first.
        var accounts = new AccountSet(passwords: 0, remembered: 1, crowd: 1000) { ApiToken = AccountSet.Secret() };
        var start = await ServerStarts.PortalAsync(accounts, environment, cancellation);
        using (var before = new ServerSet())
        {
            await before.StartAsync(start, environment, cancellation);
            using var portal = new BulkPortal(new Uri(start.Settings["Kestrel__Endpoints__Portal__Url"]), accounts.ApiToken);
            await portal.ImportAsync(users, TimeProvider.System.GetUtcNow().AddDays(7).AddHours(-1), cancellation);
        }

        using var servers = new ServerSet();
        var server = await servers.StartAsync(start, environment, cancellation);
        var requests = new Workload(accounts).ColdDevices;
        new LoadGenerator(server.Address, 8, VerifyDialect.Instance).Run(RequestSequence.Repeating(requests), TimeSpan.FromSeconds(10), stop: cancellation);
        var load = new PacedLoad(server.Address, requests);
        var idle = await load.P99Async(() => Task.Delay(Idle, cancellation));
        await using var database = new SqliteConnection(start.Settings["ConnectionStrings__Portal"] + ";Mode=ReadOnly");
        await database.OpenAsync(cancellation);
        await UntilAsync(database, "SELECT EXISTS (SELECT 1 FROM notices)", 1, cancellation);

        DateTimeOffset queued = default, sent = default;
        var busy = await load.P99Async(async () =>
        {
            queued = await UntilAsync(database, "SELECT count(*) FROM notices", users, cancellation);
            sent = await UntilAsync(database, $"SELECT count(*) FROM mails WHERE state = {(int)MailState.Sent}", users, cancellation);
        });
        var first = new DateTimeOffset(await ReadAsync(database, "SELECT min(created_at) FROM notices", cancellation), TimeSpan.Zero);
        return
        [
            new Finding(Invariant($"{users:N0} notices queued"), Invariant($"< {Aim.TotalSeconds:0} s"), Invariant($"{(queued - first).TotalSeconds:F1} s"), queued - first < Aim),
            new Finding("  and sent", "", Invariant($"{(sent - first).TotalSeconds:F1} s"), null),
            new Finding("  verification p99 meanwhile, to idle", "<= 2", Invariant($"{busy / idle:F2} ({busy:F2} ms to {idle:F2})"), busy / idle <= 2),
        ];
    }

    /// <returns>When the answer was <paramref name="count"/>.</returns>
    private static async Task<DateTimeOffset> UntilAsync(SqliteConnection database, string sql, long count, CancellationToken cancellation)
    {
        while (await ReadAsync(database, sql, cancellation) < count)
            await Task.Delay(Look, cancellation);
        return TimeProvider.System.GetUtcNow();
    }

    private static async Task<long> ReadAsync(SqliteConnection database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
