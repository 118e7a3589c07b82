using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>Two administrators who act on each other in the same instant: one of them must remain.</summary>
public sealed class LastAdministratorTests
{
    private const int Rounds = 25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("suspend")]
    [InlineData("delete")]
    [InlineData("demote")]
    public async Task LastTwo_ActingOnEachOtherAtOnce_LeaveOne(string act)
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        Actor[] both = [await AddAsync(server, "ada"), await AddAsync(server, "ben")];
        for (int round = 0; round < Rounds; round++)
        {
            Result[] results = await Task.WhenAll(Task.Run(() => ActAsync(server, act, both[0], both[1]), Token), Task.Run(() => ActAsync(server, act, both[1], both[0]), Token));
            Assert.True(await CountAsync(server) == 1, $"round {round}: {string.Join(", ", results.Select(result => result.Error?.Code ?? "done"))}");
            Assert.All(results.Where(result => !result.Succeeded), result => Assert.Contains(result.Error!.Code, (string[])["conflict", "last_administrator", "forbidden"]));
            await ReinstateAsync(server);
        }
    }

    [Fact]
    public async Task Remaining_AdministratorOnWhomARemovalRelied_KeepsEverythingElse()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        Actor ada = await AddAsync(server, "ada"), ben = await AddAsync(server, "ben");
        UserService users = server.Get<UserService>();
        Assert.True((await users.SuspendAsync(ada, ben.Id!.Value, Token)).Succeeded);
        UserDetail left = (await users.GetAsync(ada, ada.Id!.Value, Token)).Value;
        Assert.Equal((PortalRole.Administrator, null), (left.Role, left.SuspendedAt));
        Assert.Equal("last_administrator", (await users.SuspendAsync(ada, ada.Id.Value, Token)).Error?.Code);
    }

    private static async Task<Result> ActAsync(PortalHost server, string act, Actor actor, Actor other)
    {
        UserService users = server.Get<UserService>();
        Guid id = other.Id!.Value;
        if (act == "suspend")
            return await users.SuspendAsync(actor, id, Token);
        if (act == "delete")
            return await users.DeleteAsync(actor, id, Token);
        Result<UserDetail> detail = await users.GetAsync(actor, id, Token);
        if (detail.Error is { } refused)
            return refused;
        return await users.ChangeAsync(actor, id, UserDraft.Of(detail.Value).ToInput() with { Role = PortalRole.None }, detail.Value.Version, Token);
    }

    private static async Task<Actor> AddAsync(PortalHost server, string userId)
    {
        var user = new User { Id = Guid.CreateVersion7(), UserName = userId, NormalizedUserName = userId, DisplayName = userId, Role = PortalRole.Administrator, PasswordHash = "x", SecurityStamp = "x" };
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        db.Users.Add(user);
        await db.SaveChangesAsync(Token);
        return new Actor(user.Id, userId, PortalRole.Administrator, null);
    }

    private static async Task<int> CountAsync(PortalHost server)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        return await db.Users.CountAsync(user => user.Role == PortalRole.Administrator && user.SuspendedAt == null && user.DeletedAt == null, Token);
    }

    private static async Task ReinstateAsync(PortalHost server)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        await foreach (User user in db.Users.AsAsyncEnumerable())
            (user.Role, user.SuspendedAt, user.DeletedAt) = (PortalRole.Administrator, null, null);
        await db.SaveChangesAsync(Token);
    }
}
