using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Data;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

/// <summary>However a user came to a name, and however the search finds it, by index or without, the answer is the same.</summary>
public sealed class UserSearchTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await _host.AddUserAsync("alice", input => input with { DisplayName = "Älice \"Al\" O'Abel", Email = "a.abel@example.test", Tags = ["büro"] });
        await _host.AddUserAsync("bob", input => input with { DisplayName = "100% Bob_by" });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("lic", "alice")]
    [InlineData("ÄLICE", "alice")]
    [InlineData("\"al\" o'a", "alice")]
    [InlineData("l@ex", "alice")]
    [InlineData("b@ex", "")]
    [InlineData("li", "")]
    [InlineData("äl", "alice")]
    [InlineData("1", "bob")]
    [InlineData("bel@ex", "alice")]
    [InlineData("a", "admin alice")]
    [InlineData("bo", "bob")]
    [InlineData("0% b", "bob")]
    [InlineData("b_b", "bob")]
    [InlineData("b%b", "")]
    [InlineData("alice a", "")]
    [InlineData("NOT bob", "")]
    [InlineData("büro", "")]
    public async Task Search_FindsEveryPart(string text, string expected) => Assert.Equal(expected, await FindAsync(new UserQuery(text)));

    [Fact]
    public async Task Search_FollowsEveryChange()
    {
        UserDetail bob = (await _host.Users.GetAsync(_host.Admin, "bob", None)).Value;
        await _host.Users.ChangeAsync(_host.Admin, bob.Id, new UserInput { DisplayName = "Robert", Tags = ["büro"] }, bob.Version, None);
        Assert.Equal("", await FindAsync(new UserQuery("bob_by")));
        Assert.Equal("bob", await FindAsync(new UserQuery("robert")));
        Assert.Equal("alice bob", await FindAsync(new UserQuery { Tag = "BÜRO" }));
        Assert.Equal("bob", await FindAsync(new UserQuery("robert") { Tag = "büro" }));
        await _host.Users.DeleteAsync(_host.Admin, bob.Id, None);
        Assert.Equal("", await FindAsync(new UserQuery("robert")));
        Assert.Equal("bob", await FindAsync(new UserQuery("robert", UserStatus.Deleted)));
        await using (PortalDbContext db = await _host.OpenAsync())
            await db.Users.Where(user => user.Id == bob.Id).ExecuteDeleteAsync(None);
        Assert.Equal("", await FindAsync(new UserQuery("robert", UserStatus.Deleted)));
    }

    // More than the few that are looked at one by one: the page is the same, and the total says that it is no more than a beginning.
    [Fact]
    public async Task Search_ThatVeryManyMatch_TellsSo_UnlessAllAreToBeCounted()
    {
        await using (PortalDbContext db = await _host.OpenAsync())
        {
            db.Users.AddRange(Enumerable.Range(0, UserFinder.Few + 1).Select(number =>
            {
                User user = UserFields.Create($"crowd{number:00000}", _time.GetUtcNow());
                user.DisplayName = user.UserName!;
                return user;
            }));
            await db.SaveChangesAsync(None);
        }
        var page = (await _host.Users.ListAsync(_host.Admin, new UserQuery("crowd", Page: 1, PageSize: 2), None)).Value;
        Assert.Equal((UserFinder.Few, true, "crowd00002"), (page.Total, page.IsAtLeast, page.Items[0].UserId));
        page = (await _host.Users.ListAsync(_host.Admin, new UserQuery("crowd") { CountsAll = true }, None)).Value;
        Assert.Equal((UserFinder.Few + 1, false), (page.Total, page.IsAtLeast));
    }

    [Theory]
    [InlineData(0, "late soon")]
    [InlineData(1, "admin alice")]
    [InlineData(2, "bob")]
    [InlineData(3, "")]
    public async Task Pages_GoOnFromThoseWithAValueToThoseWithout(int page, string expected)
    {
        await _host.AddUserAsync("late", input => input with { ValidUntil = _time.GetUtcNow().AddDays(9) });
        await _host.AddUserAsync("soon", input => input with { ValidUntil = _time.GetUtcNow().AddDays(1) });
        Assert.Equal(expected, await FindAsync(new UserQuery(Sort: "validUntil", Descending: true, Page: page, PageSize: 2)));
    }

    private async Task<string> FindAsync(UserQuery query) =>
        string.Join(' ', (await _host.Users.ListAsync(_host.Admin, query, None)).Value.Items.Select(user => user.UserId));
}
