using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Bootstrap;
using ProxyPortal.Data;
using ProxyPortal.Hosting;

namespace ProxyPortal.Benchmarks.Timing;

/// <summary>The accounts of the measurement, written into a data directory before the portal serves it. No bootstrap file knows suspension.</summary>
internal static class TimingData
{
    /// <summary>How many accounts a kind has: what one of them is stored as must not decide.</summary>
    private const int Accounts = 16;

    public const string Known = "wrong password";

    /// <summary>The same once more: what differs between the two is noise.</summary>
    public const string Control = "wrong password (control)";
    public const string Unknown = "unknown user";
    public const string Suspended = "suspended user";
    public const string Bare = "user without password";

    /// <summary>Accounts like the first kind's, tried from one address all the time.</summary>
    public const string Throttled = "throttled";

    /// <summary>The same with names that nobody has.</summary>
    public const string NobodyThrottled = "nobody, throttled";

    private static readonly string[] Schemes = ["Basic"];

    public static string CallerKey { get; } = "key-" + Fresh.Secret();

    /// <summary>Names of one length, whatever they stand for.</summary>
    public static string[] Names(string kind) => [.. Enumerable.Range(0, Accounts).Select(number => $"{(kind == Bare ? "b" : kind[..1])}-account-{number:00}")];

    public static async Task WriteAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await using var app = PortalApp.Create([$"--Portal:DataDirectory={folder}", "--Logging:LogLevel:Default=Warning"]);
        var file = Path.Combine(folder, "timing.json");
        await File.WriteAllTextAsync(file, Bootstrap(), cancellation);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellation);
        await app.Services.GetRequiredService<BootstrapService>().ApplyFileAsync(file, cancellation);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellation);
        var names = Names(Suspended);
        foreach (var user in await db.Users.Where(row => names.Contains(row.UserName)).ToListAsync(cancellation)) user.SuspendedAt = DateTimeOffset.UnixEpoch;
        await db.SaveChangesAsync(cancellation);
    }

    private static string Bootstrap() => JsonSerializer.Serialize(new
    {
        // So that the first run is over, as at any portal that is attacked.
        administrator = new { userId = "admin", password = Fresh.Secret() },
        proxies = new[]
        {
            new { name = "timing", realm = "Timing", callerKey = CallerKey, endpoints = new[] { new { name = "timing", host = "proxy.bench.test", port = 3128, transport = "http", schemes = Schemes } } },
        },
        users = new[] { Known, Suspended, Throttled }.SelectMany(Names).Select(name => User(name, Fresh.Secret())).Concat(Names(Bare).Select(name => User(name, null))),
    });

    private static Dictionary<string, object> User(string name, string? password)
    {
        var user = new Dictionary<string, object> { ["userId"] = name, ["email"] = $"{name}@example.test", ["devices"] = new[] { new { name = "laptop", secret = Fresh.Secret() } } };
        if (password is not null) user["password"] = password;
        return user;
    }
}
