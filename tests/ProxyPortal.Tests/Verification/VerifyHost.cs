using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Core.Protocols;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Hosting;
using ProxyPortal.Proxies;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>The real portal as a proxy meets it: with one proxy <c>hq-squid</c> with the endpoint <c>hq</c>, and the user <c>alice</c>,
/// whose password is remembered already.</summary>
internal sealed class VerifyHost : IAsyncDisposable
{
    public const string Password = "canary correct horse battery staple";
    public const string DeviceSecret = "canary-device-0123456789-0123456789";
    public const string CallerKey = "canary-caller-0123456789-0123456789";
    public const string OtherCallerKey = "canary-branch-0123456789-0123456789";

    public PortalHost Portal { get; private set; } = null!;

    public CapturedLogs Logs { get; } = new();

    public IServiceProvider Services => Portal.Services;

    public HashGate Gate => Services.GetRequiredService<HashGate>();

    public VerificationActivity Activity => Services.GetRequiredService<VerificationActivity>();

    public DirectoryIndex Index => Services.GetRequiredService<DirectoryIndex>();

    public int VerifyPort => Services.GetRequiredService<Listeners>().Verify!.Port;

    public int PortalPort => Services.GetRequiredService<Listeners>().Portal!.Port;

    /// <summary>Speaks to the verify listener under the caller key of <c>hq-squid</c>.</summary>
    public HttpClient Client { get; private set; } = null!;

    public Guid ProxyId { get; private set; }

    public static async Task<VerifyHost> StartAsync(TimeProvider? time = null, bool loaded = true, params (string Key, string Value)[] settings)
    {
        var host = new VerifyHost();
        await host.RunAsync(time, loaded, settings);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Portal.DisposeAsync();
    }

    public Task<PortalDbContext> OpenAsync() => Portal.OpenDatabaseAsync();

    public async Task<Guid> AddUserAsync(string userId, string? password = Password, Action<User>? adjust = null)
    {
        await using PortalDbContext db = await OpenAsync();
        var user = new User { Id = Guid.CreateVersion7(), UserName = userId, NormalizedUserName = userId, DisplayName = userId, SecurityStamp = "x" };
        SetPassword(user, password);
        adjust?.Invoke(user);
        db.Users.Add(user);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return user.Id;
    }

    public async Task ChangeUserAsync(Guid id, Action<User> change)
    {
        await using PortalDbContext db = await OpenAsync();
        change(await db.Users.SingleAsync(user => user.Id == id, TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public void SetPassword(User user, string? password)
    {
        user.PasswordHash = password is null ? null : Services.GetRequiredService<PasswordHashing>().Hash(PasswordText.Prepare(password, out _)!);
        user.PasswordVersion++;
    }

    public Device NewDevice(Guid userId, string name, DeviceState state = DeviceState.Approved, string secret = DeviceSecret) => new()
    {
        UserId = userId,
        Name = name,
        State = state,
        SecretDigest = SecretDigests.OfDeviceSecret(Services.GetRequiredService<SecretKeys>().DeviceKey, Encoding.UTF8.GetBytes(secret)),
        SecretIssuedAt = Services.GetRequiredService<TimeProvider>().GetUtcNow(),
    };

    public async Task SaveAsync(Action<PortalDbContext> change)
    {
        await using PortalDbContext db = await OpenAsync();
        change(db);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async Task<Guid> AddProxyAsync(string name, string key, params string[] endpoints)
    {
        var proxy = new Proxy { Name = name, Realm = "Example" };
        proxy.Endpoints.AddRange(endpoints.Select(endpoint => new ProxyEndpoint { Name = endpoint, Host = $"{endpoint}.example.test", Port = 3128 }));
        proxy.CallerKeys.Add(new CallerKey { Digest = SecretDigests.OfKey(key), Hint = "…" });
        await SaveAsync(db => db.Proxies.Add(proxy));
        return proxy.Id;
    }

    /// <summary>Makes a group whose members are <paramref name="users"/> and which allows <paramref name="endpoints"/> (none = all).</summary>
    public async Task<Guid> AddGroupAsync(Group group, Guid[] users, params string[] endpoints)
    {
        await using PortalDbContext db = await OpenAsync();
        group.Users.AddRange(await db.Users.Where(user => users.Contains(user.Id)).ToListAsync(TestContext.Current.CancellationToken));
        group.Endpoints.AddRange(await db.ProxyEndpoints.Where(endpoint => endpoints.Contains(endpoint.Name)).ToListAsync(TestContext.Current.CancellationToken));
        db.Groups.Add(group);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return group.Id;
    }

    public Task<VerifyReply> AskAsync(string userId, string password = Password, string? endpoint = null, string? key = CallerKey, string? address = null)
    {
        var fields = new Dictionary<string, string> { ["scheme"] = "Basic", ["userId"] = userId, ["password"] = password };
        if (endpoint is not null)
            fields["endpoint"] = endpoint;
        if (address is not null)
            fields["clientAddress"] = address;
        return SendAsync(JsonSerializer.Serialize(fields), key: key);
    }

    public Task<VerifyReply> SendAsync(string json, string? contentType = "application/json", string? key = CallerKey, string target = VerifyRequest.Path) =>
        SendAsync(Encoding.UTF8.GetBytes(json), contentType, key, target);

    public async Task<VerifyReply> SendAsync(byte[] body, string? contentType, string? key = CallerKey, string target = VerifyRequest.Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        VerifyReply reply = await VerifyReply.FromAsync(response);
        // Records lie in several tables; taken together after each answer they are told in the order of the answers.
        _ = Activity.Rejections();
        return reply;
    }

    /// <summary>What holds after any request, however bad: the next one is served, and nothing secret was logged.</summary>
    public async Task AssertUnharmedAsync()
    {
        Assert.Equal("accepted", (await AskAsync("alice")).Result);
        Assert.DoesNotContain(Logs.Lines, line => line.Contains("canary", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    private async Task RunAsync(TimeProvider? time, bool loaded, (string Key, string Value)[] settings)
    {
        Portal = await PortalHost.StartAsync(new PortalStart { Time = time, Logs = Logs, Prepares = loaded, Settings = [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")] });
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{VerifyPort}") };
        if (!loaded)
            return;
        ProxyId = await AddProxyAsync("hq-squid", CallerKey, "hq");
        await AddUserAsync("alice");
        Assert.Equal("accepted", (await AskAsync("alice")).Result);
    }
}
