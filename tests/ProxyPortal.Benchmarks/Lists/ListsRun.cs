using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Benchmarks.Index;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Hosting;
using ProxyPortal.Users;

namespace ProxyPortal.Benchmarks.Lists;

/// <summary>The list of users as the page asks for it, in this process: rows, total and the counts beside the filters.</summary>
internal static class ListsRun
{
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Searches = ["u", "7", "us", "zz", "use", "123", "user123456", "last123456", "mple.test", "nobody-has"];

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(int users, int times, string? data, CancellationToken cancellation)
    {
        string folder = data ?? Path.Combine(Environment.GetEnvironmentVariable("BENCH_WORK") ?? Path.GetTempPath(), "lists");
        await using WebApplication app = PortalApp.Create(["--Portal:DataDirectory=" + folder, "--Logging:LogLevel:Default=Warning"]);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellation);
        await FillAsync(app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), users, cancellation);
        var service = app.Services.GetRequiredService<UserService>();
        await service.CountAsync(Actor.Portal, cancellation);
        var findings = new List<Finding>();
        foreach (var (what, query) in Questions())
        {
            var all = new List<double>();
            var total = "";
            for (var i = 0; i < times; i++)
            {
                var start = Stopwatch.GetTimestamp();
                var page = (await service.ListAsync(Actor.Portal, query, cancellation)).Value;
                _ = (await service.CountSoonAsync(Actor.Portal, cancellation)).Value;
                all.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                total = string.Create(CultureInfo.InvariantCulture, $"{(page.IsAtLeast ? "> " : "")}{page.Total:N0}");
            }
            double median = Report.Median(all);
            findings.Add(new Finding($"{what}: {total}", "< 300 ms", string.Create(CultureInfo.InvariantCulture, $"{median:F0} ms ({all.Min():F0} - {all.Max():F0})"), median < Aim.TotalMilliseconds));
        }
        return findings;
    }

    private static IEnumerable<(string What, UserQuery Query)> Questions()
    {
        foreach (string sort in UserQuery.SortFields)
        {
            yield return ($"sort {sort}", new UserQuery(Sort: sort));
            yield return ($"sort {sort}, descending", new UserQuery(Sort: sort, Descending: true));
            yield return ($"sort {sort}, page 1000", new UserQuery(Sort: sort, Page: 999));
        }
        foreach (UserStatus status in Enum.GetValues<UserStatus>())
        {
            yield return ($"status {status.Code()}", new UserQuery(Status: status));
            yield return ($"status {status.Code()}, by display name", new UserQuery(Status: status, Sort: "displayName"));
            yield return ($"status {status.Code()}, by last seen, descending", new UserQuery(Status: status, Sort: "lastSeen", Descending: true));
        }
        foreach (string text in Searches)
        {
            yield return ($"search \"{text}\"", new UserQuery(text));
            yield return ($"search \"{text}\", by end", new UserQuery(text, Sort: "validUntil"));
        }
        yield return ("search \"last1\", suspended", new UserQuery("last1", UserStatus.Suspended));
        yield return ("group", new UserQuery { Group = "group3" });
        yield return ("tag", new UserQuery { Tag = "t7" });
        yield return ("API: all, counted to the end", new UserQuery { CountsAll = true });
        yield return ("API: search \"user\", counted to the end", new UserQuery("user") { CountsAll = true });
        yield return ("API: status active, counted to the end", new UserQuery(Status: UserStatus.Active) { CountsAll = true });
    }

    private static async Task FillAsync(IDbContextFactory<PortalDbContext> contexts, int users, CancellationToken cancellation)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Users.AnyAsync(cancellation))
            return;
        long start = Stopwatch.GetTimestamp();
        long now = TimeProvider.System.GetUtcNow().UtcTicks;
        long day = TimeSpan.TicksPerDay;
        await DirectoryFile.FillAsync(contexts, users, 0, null, cancellation,
            ("display_name", "'First' || (i * 7919 % 5000) || ' Last' || (i * 104729 % 200000)"), ("normalized_display_name", "'first' || (i * 7919 % 5000) || ' last' || (i * 104729 % 200000)"),
            ("email", "iif(i % 10 = 0, NULL, 'user' || i || '@d' || (i % 50) || '.example.test')"), ("normalized_email", "iif(i % 10 = 0, NULL, 'user' || i || '@d' || (i % 50) || '.example.test')"),
            ("created_at", $"{now - 400 * day} + (i * 7919 % 300) * {day}"), ("last_used_at", $"iif(i % 3 = 0, NULL, {now - 100 * day} + (i * 104729 % 8640000) * 1000000)"),
            ("valid_until", $"iif(i % 5 < 3, NULL, {now - 60 * day} + (i * 31 % 500) * {day})"), ("valid_from", $"iif(i % 1000 = 1, {now + 5 * day}, NULL)"),
            ("suspended_at", $"iif(i % 50 = 0, {now - day}, NULL)"), ("deleted_at", $"iif(i % 100 = 7, {now - day}, NULL)"), ("password_hash", "iif(i % 40 = 3, NULL, 'x')"),
            ("role", "iif(i % 10000 = 5, 2, 0)"), ("tags", "'[\"t' || (i % 100) || '\"]'"));
        db.Groups.AddRange(Enumerable.Range(0, 20).Select(number => new Group { Name = $"group{number}" }));
        await db.SaveChangesAsync(cancellation);
        db.Database.SetCommandTimeout(600);
        await db.Database.ExecuteSqlRawAsync("INSERT INTO group_members (groups_id, users_id) SELECT g.id, u.id FROM users u JOIN groups g ON g.name = 'group' || (u.rowid % 20)", cancellation);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"database written in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
    }
}
