using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Benchmarks.Reporting;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Hosting;
using ProxyPortal.Users;
using ProxyPortal.Verification;

namespace ProxyPortal.Benchmarks.Index;

/// <summary>One measurement in this process, with the portal's own services and a SQLite file of its own.</summary>
internal static class IndexRun
{
    private const double MiB = 1024 * 1024;

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(IndexOptions options, CancellationToken cancellation)
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("BENCH_WORK") ?? Path.GetTempPath(), "index");
        await using WebApplication app = PortalApp.Create(["--Portal:DataDirectory=" + folder, "--Logging:LogLevel:Default=Warning"]);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellation);
        IDbContextFactory<PortalDbContext> contexts = app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        long start = Stopwatch.GetTimestamp();
        await DirectoryFile.FillAsync(contexts, options.Users, options.Devices, digest: null, cancellation);
        await AddGroupAsync(contexts, options.Members, cancellation);
        await Console.Error.WriteLineAsync(Invariant($"database written in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));

        // What running EF for the first time costs belongs to no number of users.
        await using (PortalDbContext db = await contexts.CreateDbContextAsync(cancellation))
            await db.Users.AsNoTracking().OrderBy(user => user.Id).FirstAsync(cancellation);
        long heapBefore = Settled();
        double residentBefore = Environment.WorkingSet / MiB;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        start = Stopwatch.GetTimestamp();
        await app.Services.GetRequiredService<DirectoryFollower>().LoadAsync(cancellation);
        TimeSpan load = Stopwatch.GetElapsedTime(start);
        processor = Environment.CpuUsage.TotalTime - processor;
        double peak = PeakResident() / MiB;
        double heap = (Settled() - heapBefore) / MiB;
        double resident = Environment.WorkingSet / MiB;
        double change = await MedianAsync(50, () => SuspendAsync(app, contexts, cancellation));
        double groupChange = await GroupChangeAsync(app, contexts, cancellation);
        Finding allocation = await EngineAllocation.MeasureAsync(app.Services, cancellation);

        string directory = Invariant($"{options.Users:N0} users, {(long)options.Users * options.Devices:N0} device secrets");
        return
        [
            new Finding($"{directory}: loaded from SQLite", "< 10 s", Invariant($"{load.TotalSeconds:F1} s ({processor.TotalSeconds:F1} s of a core)"), load.TotalSeconds < 10),
            new Finding($"{directory}: memory that loading adds", "< 700 MB", Invariant($"{resident - residentBefore:F0} MB (heap {heap:F0})"), resident - residentBefore < 700),
            new Finding("  memory of the whole process, and the most it had meanwhile", "", Invariant($"{resident:F0} MB, {peak:F0} MB"), null),
            new Finding($"{directory}: one change visible", "< 50 ms", Invariant($"{change:F1} ms"), change < 50),
            new Finding(Invariant($"  a change of a group with {options.Members:N0} members visible for all of them"), "", Invariant($"{groupChange:F0} ms"), null),
            allocation,
        ];
    }

    private static async Task<double> SuspendAsync(WebApplication app, IDbContextFactory<PortalDbContext> contexts, CancellationToken cancellation)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellation);
        User user = await db.Users.SingleAsync(row => row.Id == DirectoryFile.First, cancellation);
        bool suspend = user.SuspendedAt is null;
        user.SuspendedAt = suspend ? DateTimeOffset.UnixEpoch : null;
        long start = Stopwatch.GetTimestamp();
        await db.SaveChangesAsync(cancellation);
        if (app.Services.GetRequiredService<DirectoryIndex>().FindUser(user.UserName)!.Suspended != suspend)
            throw new InvalidOperationException("The change is not in memory.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task AddGroupAsync(IDbContextFactory<PortalDbContext> contexts, int members, CancellationToken cancellation)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellation);
        var group = new Group { Name = "bench" };
        db.Groups.Add(group);
        await db.SaveChangesAsync(cancellation);
        await db.Database.OpenConnectionAsync(cancellation);
        await DirectoryFile.JoinAsync(db, group.Id, members, cancellation);
    }

    private static async Task<double> GroupChangeAsync(WebApplication app, IDbContextFactory<PortalDbContext> contexts, CancellationToken cancellation)
    {
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellation);
        Group group = await db.Groups.SingleAsync(cancellation);
        int number = 0;
        return await MedianAsync(5, async () =>
        {
            group.Name = Invariant($"bench{number++}");
            long start = Stopwatch.GetTimestamp();
            await db.SaveChangesAsync(cancellation);
            if (app.Services.GetRequiredService<DirectoryIndex>().FindUser("user0")!.Access.Now.Groups is not [var known] || known != group.Name)
                throw new InvalidOperationException("The change is not in memory.");
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
    }

    private static async Task<double> MedianAsync(int times, Func<Task<double>> measure)
    {
        var all = new List<double>();
        for (int i = 0; i < times; i++)
            all.Add(await measure());
        return Report.Median(all);
    }

    private static long Settled()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static long PeakResident()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
