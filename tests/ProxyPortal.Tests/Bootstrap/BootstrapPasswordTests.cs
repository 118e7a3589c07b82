using Microsoft.EntityFrameworkCore;
using ProxyPortal.Bootstrap;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Bootstrap;

/// <summary>A password of the file counts once: at creation, and each time the file gives another one.</summary>
public sealed class BootstrapPasswordTests
{
    private const string First = "the first of the file";
    private const string Second = "the second of the file";
    private const string Chosen = "chosen in the portal";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_SamePasswordAfterAnotherWasChosen_LeavesTheChosenOne()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(FileWith(First));
        await ChooseAsync(server, Chosen);
        for (int start = 0; start < 2; start++)
        {
            Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(FileWith(First)));
            Assert.True(await HoldsAsync(server, Chosen));
        }
    }

    [Fact]
    public async Task Apply_AnotherPasswordInTheFile_IsTakenOnce()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(FileWith(First));
        await ChooseAsync(server, Chosen);
        Assert.Equal(1, (await server.BootstrapAsync(FileWith(Second))).Changed);
        Assert.True(await HoldsAsync(server, Second));
        await ChooseAsync(server, Chosen);
        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(FileWith(Second)));
        Assert.True(await HoldsAsync(server, Chosen));
    }

    [Fact]
    public async Task Apply_PasswordTakenAwayByAnAdministrator_DoesNotComeBack()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync(FileWith(First));
        await ChangeAsync(server, user => user.PasswordHash = null);
        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(FileWith(First)));
        Assert.False(await HoldsAsync(server, First));
    }

    [Fact]
    public async Task Apply_FirstPasswordOfTheFileForAnExistingUser_IsTaken()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync("""{ "users": [ { "userId": "alice" } ] }""");
        await ChooseAsync(server, Chosen);
        await server.BootstrapAsync(FileWith(First));
        Assert.True(await HoldsAsync(server, First));
    }

    [Fact]
    public async Task Apply_PasswordThatTheUserHasAlready_IsRememberedAsTheFiles()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await server.BootstrapAsync("""{ "users": [ { "userId": "alice" } ] }""");
        await ChooseAsync(server, First);
        Assert.Equal(new BootstrapSummary(0, 0), await server.BootstrapAsync(FileWith(First)));
        await ChooseAsync(server, Chosen);
        await server.BootstrapAsync(FileWith(First));
        Assert.True(await HoldsAsync(server, Chosen));
    }

    private static string FileWith(string password) => $$"""{ "users": [ { "userId": "alice", "password": "{{password}}" } ] }""";

    private static Task ChooseAsync(PortalHost server, string password) => ChangeAsync(server, user =>
    {
        user.PasswordHash = server.Get<PasswordHashing>().Hash(PasswordText.Prepare(password, out _)!);
        user.PasswordVersion++;
    });

    private static async Task ChangeAsync(PortalHost server, Action<User> change)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        change(await db.Users.SingleAsync(Token));
        await db.SaveChangesAsync(Token);
    }

    private static async Task<bool> HoldsAsync(PortalHost server, string password)
    {
        await using PortalDbContext db = await server.OpenDatabaseAsync();
        return (await db.Users.SingleAsync(Token)).PasswordHash is { } stored
            && server.Get<PasswordHashing>().Verify(System.Text.Encoding.ASCII.GetBytes(stored), PasswordText.Prepare(password, out _)!) is SecretMatch.Match;
    }
}
