using System.Net;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.ApiTokens;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Management;

/// <summary><c>Idempotency-Key</c>: what is asked twice is done once.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private PortalHost _portal = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(fakeTime: true);
        _token = await _portal.AddTokenAsync("*");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task SameCall_SameKey_GetsTheSameAnswerAndIsDoneOnce()
    {
        ApiReply first = await CreateAsync("one", "key-1");
        ApiReply second = await CreateAsync("one", "key-1");
        Assert.Equal((HttpStatusCode.Created, first.Text, first.MediaType), (second.Status, second.Text, second.MediaType));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Contains("pp_api_", second.Text, StringComparison.Ordinal);
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.True(second.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(1, await CountAsync("one"));
    }

    [Fact]
    public async Task OtherCall_SameKey_IsRefused()
    {
        await CreateAsync("one", "key-1");
        (await CreateAsync("two", "key-1")).IsProblem(422, "idempotency_key_reused");
        Assert.Equal(0, await CountAsync("two"));
    }

    [Fact]
    public async Task SameKey_OfAnotherToken_IsAnotherKey()
    {
        await CreateAsync("one", "key-1");
        string other = await _portal.AddTokenAsync("*");
        Assert.Equal(HttpStatusCode.Created, (await _portal.PostAsync("/api-tokens", other, Body("two"), ("Idempotency-Key", "key-1"))).Status);
    }

    [Fact]
    public async Task ManyAtOnce_OneDoesIt()
    {
        ApiReply[] replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CreateAsync("one", "key-1")));
        Assert.Equal(1, await CountAsync("one"));
        Assert.Contains(replies, reply => reply.Status is HttpStatusCode.Created);
        Assert.All(replies, reply => Assert.True(reply.Status is HttpStatusCode.Created || reply.Code == "idempotency_in_progress", reply.Text));
        Assert.Single(replies.Where(reply => reply.Status is HttpStatusCode.Created).Select(reply => reply.Text).Distinct());
    }

    [Fact]
    public async Task RefusedCall_LeavesTheKeyFree()
    {
        (await CreateAsync("NOT A NAME", "key-1")).IsProblem(400, "name_invalid", "name");
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync("one", "key-1")).Status);
    }

    [Fact]
    public async Task Answer_IsSealedAndGoneAfterADay()
    {
        await CreateAsync("one", "key-1");
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        IdempotentCall call = await db.IdempotentCalls.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(201, call.Status);
        Assert.DoesNotContain("pp_api_", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(call.SealedAnswer!)), StringComparison.Ordinal);
        _portal.Time.Advance(TimeSpan.FromHours(24));
        (await CreateAsync("one", "key-1")).IsProblem(409, "name_taken", "name");
        Assert.Empty(await db.IdempotentCalls.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task BadKey_IsRefused(string key) => (await CreateAsync("one", key)).IsProblem(400, "idempotency_key_invalid");

    [Fact]
    public async Task NoToken_LearnsNothingOfAKey()
    {
        await CreateAsync("one", "key-1");
        (await _portal.PostAsync("/api-tokens", null, Body("one"), ("Idempotency-Key", "key-1"))).IsProblem(401, "unauthenticated");
    }

    private Task<ApiReply> CreateAsync(string name, string key) => _portal.PostAsync("/api-tokens", _token, Body(name), ("Idempotency-Key", key));

    private static string Body(string name) => $$"""{"name":"{{name}}","scopes":["users:read"],"expiresAt":null}""";

    private async Task<int> CountAsync(string name)
    {
        await using PortalDbContext db = await _portal.OpenDatabaseAsync();
        return await db.ApiTokens.CountAsync(row => row.Name == name, TestContext.Current.CancellationToken);
    }
}
