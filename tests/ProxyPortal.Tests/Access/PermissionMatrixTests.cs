using System.Net;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.MyAccess;
using ProxyPortal.Overview;
using ProxyPortal.Proxies;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Access;

/// <summary>Every method of every service, asked by everyone. What is allowed goes to things that do not exist, so that nothing changes.</summary>
public sealed class PermissionMatrixTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly UserInput Nameless = new();

    private static readonly (string Name, Permission Needs, Func<IServiceProvider, Actor, Task<Error?>> Ask)[] Methods =
    [
        ("UserService.ListAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).ListAsync(actor, new UserQuery(), None)).Error),
        ("UserService.CountAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).CountAsync(actor, None)).Error),
        ("UserService.GetAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).GetAsync(actor, Guid.Empty, None)).Error),
        ("UserService.CreateAsync", Permission.EditUsers, async (services, actor) => (await Users(services).CreateAsync(actor, Nameless, None)).Error),
        ("UserService.CreateAsync", Permission.EditRoles, async (services, actor) => (await Users(services).CreateAsync(actor, Nameless with { Role = PortalRole.Auditor }, None)).Error),
        ("UserService.ChangeAsync", Permission.EditUsers, async (services, actor) => (await Users(services).ChangeAsync(actor, Guid.Empty, Nameless, 1, None)).Error),
        ("UserService.SuspendAsync", Permission.HelpUsers, async (services, actor) => (await Users(services).SuspendAsync(actor, Guid.Empty, None)).Error),
        ("UserService.ResumeAsync", Permission.HelpUsers, async (services, actor) => (await Users(services).ResumeAsync(actor, Guid.Empty, None)).Error),
        ("UserService.DeleteAsync", Permission.EditUsers, async (services, actor) => (await Users(services).DeleteAsync(actor, Guid.Empty, None)).Error),
        ("UserService.RestoreAsync", Permission.EditUsers, async (services, actor) => (await Users(services).RestoreAsync(actor, Guid.Empty, None)).Error),
        ("UserService.IssuePasswordLinkAsync", Permission.HelpUsers, async (services, actor) => (await Users(services).IssuePasswordLinkAsync(actor, Guid.Empty, None)).Error),
        ("ProxyService.ListAsync", Permission.ReadProxies, async (services, actor) => (await Proxies(services).ListAsync(actor, None)).Error),
        ("ProxyService.GetAsync", Permission.ReadProxies, async (services, actor) => (await Proxies(services).GetAsync(actor, Guid.Empty, None)).Error),
        ("ProxyService.CreateAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).CreateAsync(actor, "", "", new EndpointInput(), None)).Error),
        ("ProxyService.ChangeAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).ChangeAsync(actor, Guid.Empty, "", "", 1, None)).Error),
        ("ProxyService.DeleteAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).DeleteAsync(actor, Guid.Empty, None)).Error),
        ("ProxyService.AddEndpointAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).AddEndpointAsync(actor, Guid.Empty, new EndpointInput(), None)).Error),
        ("ProxyService.ChangeEndpointAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).ChangeEndpointAsync(actor, Guid.Empty, Guid.Empty, new EndpointInput(), 1, None)).Error),
        ("ProxyService.RemoveEndpointAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).RemoveEndpointAsync(actor, Guid.Empty, Guid.Empty, None)).Error),
        ("ProxyService.IssueKeyAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).IssueKeyAsync(actor, Guid.Empty, None)).Error),
        ("ProxyService.RevokeKeyAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).RevokeKeyAsync(actor, Guid.Empty, Guid.Empty, None)).Error),
        ("OverviewService.GetAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<OverviewService>().GetAsync(actor, None)).Error),
        ("OverviewService.WatchAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<OverviewService>().WatchAsync(actor, None)).Error),
        ("VerificationEventQueries.ListAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<VerificationEventQueries>().ListAsync(actor, new VerificationEventQuery(), None)).Error),
        ("VerificationEventQueries.FindAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<VerificationEventQueries>().FindAsync(actor, "", None)).Error),
        ("SettingsService.ChangeAsync", Permission.EditSettings, async (services, actor) => (await services.GetRequiredService<SettingsService>().ChangeAsync(actor, "", "", None)).Error),
        ("SettingsService.CompleteSetupAsync", Permission.EditSettings, async (services, actor) => (await services.GetRequiredService<SettingsService>().CompleteSetupAsync(actor, None)).Error),
        ("AuditTrail.ListAsync", Permission.ReadAudit, async (services, actor) => (await services.GetRequiredService<AuditTrail>().ListAsync(actor, new AuditQuery(), None)).Error),
    ];

    // The account's own affairs: everyone may ask about themselves, and tests of their own prove that they reach nobody else.
    private static readonly string[] OfOneself = ["MyAccessService.GetAsync", "VerificationEventQueries.ListOwnAsync"];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ServiceHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("nobody", PortalRole.None)]
    [InlineData("none", PortalRole.None)]
    [InlineData("auditor", PortalRole.Auditor)]
    [InlineData("operator", PortalRole.Operator)]
    [InlineData("administrator", PortalRole.Administrator)]
    [InlineData("suspended", PortalRole.Administrator)]
    [InlineData("deleted", PortalRole.Administrator)]
    [InlineData("expired", PortalRole.Administrator)]
    [InlineData("demoted", PortalRole.Administrator)]
    [InlineData("unknown", PortalRole.Administrator)]
    public async Task Services_EveryMethod_AllowWhatTheMatrixSaysAndNoteEveryRefusal(string who, PortalRole claimed)
    {
        Actor actor = await AddAsync(who, claimed);
        foreach (var (name, needs, ask) in Methods)
        {
            int before = await RefusalsAsync();
            Error? error = await ask(_host.Services, actor);
            int noted = await RefusalsAsync() - before;
            // Reading goes by the claims, which every open session checks within a minute; writing by the account as it is now.
            bool expected = claimed.Has(needs) && (IsRead(needs) || who is "auditor" or "operator" or "administrator");
            Assert.Equal((who, name, expected), (who, name, error?.Code != "forbidden"));
            Assert.Equal((who, name, expected ? 0 : 1), (who, name, noted));
        }
    }

    [Fact]
    public void Matrix_EveryMethodThatTakesAnActor_IsInIt()
    {
        foreach (Type service in (Type[])[typeof(UserService), typeof(ProxyService), typeof(OverviewService), typeof(SettingsService), typeof(AuditTrail), typeof(MyAccessService), typeof(VerificationEventQueries)])
        {
            foreach (MethodInfo method in service.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Where(method => method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor) && method.Name != nameof(AuditTrail.WriteAsync)))
                Assert.Contains($"{service.Name}.{method.Name}", Methods.Select(entry => entry.Name).Concat(OfOneself));
        }
    }

    [Fact]
    public async Task Operator_HelpsUsersButNoAccountWithARole()
    {
        Actor actor = await AddAsync("operator", PortalRole.Operator);
        Guid admin = _host.Admin.Id!.Value;
        CreatedUser alice = await _host.AddUserAsync("alice");
        Assert.True((await _host.Users.SuspendAsync(actor, alice.Id, None)).Succeeded);
        Assert.True((await _host.Users.ResumeAsync(actor, alice.Id, None)).Succeeded);
        Assert.True((await _host.Users.IssuePasswordLinkAsync(actor, alice.Id, None)).Succeeded);
        foreach (Guid target in (Guid[])[admin, actor.Id!.Value])
        {
            Assert.Equal(AccessControl.Forbidden, (await _host.Users.SuspendAsync(actor, target, None)).Error);
            Assert.Equal(AccessControl.Forbidden, (await _host.Users.ResumeAsync(actor, target, None)).Error);
            Assert.Equal(AccessControl.Forbidden, (await _host.Users.IssuePasswordLinkAsync(actor, target, None)).Error);
        }
    }

    private static bool IsRead(Permission permission) => permission is Permission.ReadUsers or Permission.ReadProxies or Permission.ReadAudit or Permission.ReadSettings;

    private static UserService Users(IServiceProvider services) => services.GetRequiredService<UserService>();

    private static ProxyService Proxies(IServiceProvider services) => services.GetRequiredService<ProxyService>();

    private async Task<Actor> AddAsync(string who, PortalRole claimed)
    {
        if (who == "nobody")
            return Actor.Nobody;
        var actor = new Actor(Guid.CreateVersion7(), who, claimed, IPAddress.Loopback);
        DateTimeOffset now = _time.GetUtcNow();
        if (who != "unknown")
        {
            await _host.AddRowAsync(new User
            {
                Id = actor.Id!.Value,
                UserName = who,
                NormalizedUserName = who,
                DisplayName = who,
                SecurityStamp = "x",
                PasswordHash = "x",
                Role = who == "demoted" ? PortalRole.None : claimed,
                SuspendedAt = who == "suspended" ? now : null,
                DeletedAt = who == "deleted" ? now : null,
                ValidUntil = who == "expired" ? now : null,
            });
        }
        return actor;
    }

    private async Task<int> RefusalsAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.Refused, None);
    }
}
