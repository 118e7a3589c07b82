using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Hosting;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Benchmarks.Index;

/// <summary>One measurement in this process, with the portal's own services and a SQLite file of its own.</summary>
internal static class IndexRun
{
    private const double MiB = 1024 * 1024;

    public static async Task<int> RunAsync(int users, int devices, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("BENCH_WORK") ?? Path.GetTempPath(), "index");
        await using WebApplication app = PortalApp.Create(["--Portal:DataDirectory=" + folder, "--Logging:LogLevel:Default=Warning"]);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        IDbContextFactory<PortalDbContext> contexts = app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        Guid someone = await DirectoryFile.FillAsync(contexts, users, devices, cancellationToken);

        // What running EF for the first time costs belongs to no number of users.
        await using (PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken))
            await db.Users.AsNoTracking().OrderBy(user => user.Id).FirstAsync(cancellationToken);
        long heapBefore = Settled();
        long residentBefore = Environment.WorkingSet;
        long start = Stopwatch.GetTimestamp();
        await app.Services.GetRequiredService<DirectoryFollower>().LoadAsync(cancellationToken);
        TimeSpan load = Stopwatch.GetElapsedTime(start);
        long peak = Environment.WorkingSet - residentBefore;
        long heap = Settled() - heapBefore;
        long resident = Environment.WorkingSet - residentBefore;
        double change = await ChangeAsync(app, contexts, someone, cancellationToken);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"users {users}, devices {users * devices}: loaded in {load.TotalSeconds:F2} s; heap +{heap / MiB:F0} MB, resident +{resident / MiB:F0} MB (right after loading +{peak / MiB:F0} MB); a change visible after {change:F1} ms (median of 50)"));
        return 0;
    }

    private static async Task<double> ChangeAsync(WebApplication app, IDbContextFactory<PortalDbContext> contexts, Guid id, CancellationToken cancellationToken)
    {
        DirectoryIndex index = app.Services.GetRequiredService<DirectoryIndex>();
        var times = new List<double>();
        for (int i = 0; i < 50; i++)
        {
            await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
            User user = await db.Users.SingleAsync(row => row.Id == id, cancellationToken);
            bool suspend = user.SuspendedAt is null;
            user.SuspendedAt = suspend ? DateTimeOffset.UnixEpoch : null;
            long start = Stopwatch.GetTimestamp();
            await db.SaveChangesAsync(cancellationToken);
            if (index.FindUser(user.UserName)!.Suspended != suspend)
                throw new InvalidOperationException("The change is not in memory.");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times.Order().ElementAt(times.Count / 2);
    }

    private static long Settled()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
