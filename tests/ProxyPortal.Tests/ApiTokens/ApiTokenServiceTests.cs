using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.ApiTokens;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.ApiTokens;

/// <summary>Tokens of programs: who makes them, what they hold, and how they end.</summary>
public sealed class ApiTokenServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private Actor Admin => _host.Admin with { ProvedAt = _time.GetUtcNow() };

    private ApiTokenService Tokens => _host.Get<ApiTokenService>();

    public async ValueTask InitializeAsync() => _host = await ServiceHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Create_TellsTheTokenOnceAndKeepsItsDigestOnly()
    {
        CreatedApiToken created = (await CreateAsync(Admin)).Value;
        Assert.True(GeneratedSecret.IsWellFormed(created.Token, GeneratedSecret.ApiTokenPrefix));
        await using PortalDbContext db = await _host.OpenAsync();
        ApiToken row = await db.ApiTokens.SingleAsync(None);
        Assert.Equal(SecretDigests.OfKey(created.Token), row.Digest);
        Assert.Equal("admin", row.CreatedBy);
        AuditEntry entry = await db.AuditEntries.SingleAsync(one => one.Action == AuditAction.ApiTokenCreated, None);
        Assert.DoesNotContain(created.Token, entry.After, StringComparison.Ordinal);
        Assert.Contains("users:read", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OldProof_IsRefusedUntilConfirmed()
    {
        Assert.Equal(AccessControl.ProofTooOld, (await CreateAsync(_host.Admin)).Error);
        Actor admin = Admin;
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await CreateAsync(admin)).Succeeded);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(AccessControl.ProofTooOld, (await CreateAsync(admin, "other")).Error);
    }

    [Theory]
    [InlineData("api-tokens:read")]
    [InlineData("users:write")]
    [InlineData("settings:write")]
    public async Task Create_TokenThatMayNotDoEverything_IsRefused(string scope)
    {
        var program = Actor.Of(new TokenGrant(Guid.CreateVersion7(), "p", [scope]), null);
        Assert.Equal(AccessControl.Forbidden, (await CreateAsync(program)).Error);
        Assert.True((await CreateAsync(Actor.Of(new TokenGrant(Guid.CreateVersion7(), "p", ["*"]), null))).Succeeded);
    }

    [Fact]
    public async Task Create_SameNameAtOnce_OneSucceeds()
    {
        Result<CreatedApiToken>[] results = await Task.WhenAll(CreateAsync(Admin), CreateAsync(Admin), CreateAsync(Admin));
        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal("name_taken", result.Error!.Code));
    }

    [Fact]
    public async Task Revoke_IsForGoodAndMayBeRepeated()
    {
        CreatedApiToken created = (await CreateAsync(Admin)).Value;
        Assert.True((await Tokens.RevokeAsync(Admin, created.Summary.Id, None)).Succeeded);
        Assert.True((await Tokens.RevokeAsync(Admin, created.Summary.Id, None)).Succeeded);
        Assert.Equal(ApiTokenState.Revoked, (await Tokens.GetAsync(Admin, created.Summary.Id, None)).Value.State);
        Assert.Equal(ApiTokenService.NotFound, (await Tokens.RevokeAsync(Admin, Guid.Empty, None)).Error);
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(1, await db.AuditEntries.CountAsync(one => one.Action == AuditAction.ApiTokenRevoked, None));
    }

    [Fact]
    public async Task State_FollowsTheClock()
    {
        Guid id = (await CreateAsync(Admin)).Value.Summary.Id;
        Assert.Equal(ApiTokenState.Valid, (await Tokens.GetAsync(Admin, id, None)).Value.State);
        _time.Advance(ApiTokenService.UsualLifetime);
        Assert.Equal(ApiTokenState.Expired, (await Tokens.GetAsync(Admin, id, None)).Value.State);
    }

    [Theory]
    [InlineData(PortalRole.None, false)]
    [InlineData(PortalRole.Operator, false)]
    [InlineData(PortalRole.Auditor, true)]
    [InlineData(PortalRole.Administrator, true)]
    public async Task List_IsForThoseWhoMayRead(PortalRole role, bool allowed)
    {
        Actor actor = await _host.AddPersonAsync("person", role) with { ProvedAt = _time.GetUtcNow() };
        Assert.Equal(allowed, (await Tokens.ListAsync(actor, 0, 25, None)).Succeeded);
        Assert.Equal(role is PortalRole.Administrator, (await CreateAsync(actor)).Succeeded);
    }

    private Task<Result<CreatedApiToken>> CreateAsync(Actor actor, string name = "script") =>
        Tokens.CreateAsync(actor, new ApiTokenInput(name, ["users:read"], Tokens.UsualEnd), None);
}
