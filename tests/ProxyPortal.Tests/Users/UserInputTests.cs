using System.Net;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Users;

/// <summary>Hostile input at the users' service, whatever page or API it comes through.</summary>
public sealed class UserInputTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("PasswordHash")]
    [InlineData("name;drop")]
    [InlineData("SecurityStamp")]
    [InlineData("USERID")]
    public async Task List_UnknownSort_IsRefusedWithTheFields(string sort)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        Error? error = (await host.Users.ListAsync(host.Admin, new UserQuery(Sort: sort), CancellationToken.None)).Error;
        Assert.Equal(("sort_unknown", "sort"), (error?.Code, error?.Field));
        // From an address too: the page then shows the same words.
        Assert.Equal(sort, UserListView.Read(null, null, sort, null, null, null).Query.Sort);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("%%%%_%")]
    [InlineData("\\")]
    [InlineData("\\%")]
    [InlineData("a[bc]")]
    [InlineData("' OR 1=1--")]
    public async Task List_Wildcards_MeanThemselves(string search)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await host.AddUserAsync("alice");
        Assert.Equal(0, (await host.Users.ListAsync(host.Admin, new UserQuery(search), CancellationToken.None)).Value.Total);
        // One or two characters are looked for at the beginning.
        await host.AddUserAsync("bob", input => input with { DisplayName = search.Length < UserQueries.ShortestPart ? $"{search} Baker" : $"Bob {search} Baker" });
        Assert.Equal("bob", Assert.Single((await host.Users.ListAsync(host.Admin, new UserQuery(search), CancellationToken.None)).Value.Items).UserId);
    }

    [Fact]
    public async Task List_SearchOfTenKilobytes_IsRefusedInWords()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        string text = new('a', 10_240);
        Assert.Equal("search_too_long", (await host.Users.ListAsync(host.Admin, new UserQuery(text), CancellationToken.None)).Error?.Code);
        Assert.Equal("search_too_long", (await host.Get<AuditTrail>().ListAsync(host.Admin, new AuditQuery(text), CancellationToken.None)).Error?.Code);
    }

    [Theory]
    [InlineData(-1, 25)]
    [InlineData(int.MinValue, 25)]
    [InlineData(int.MaxValue, 200)]
    [InlineData(int.MaxValue - 1, int.MaxValue)]
    [InlineData(0, 100_000)]
    [InlineData(0, -5)]
    public async Task List_PagesBeyondAnySense_AreEmptyOrTheFirst(int page, int size)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        PageOf<UserSummary> users = (await host.Users.ListAsync(host.Admin, new UserQuery(Page: page, PageSize: size), CancellationToken.None)).Value;
        Assert.Equal((1, page <= 0 ? 1 : 0), (users.Total, users.Items.Count));
        PageOf<AuditEntry> entries = (await host.Get<AuditTrail>().ListAsync(host.Admin, new AuditQuery(Page: page, PageSize: size), CancellationToken.None)).Value;
        Assert.Empty(entries.Items);
    }

    [Theory]
    [InlineData("-1", "25", 1, 25)]
    [InlineData("2147483647", "25", 1, 25)]
    [InlineData("99999999999999999999", "100000", 1, 25)]
    [InlineData("1e3", "٢٥", 1, 25)]
    [InlineData("2", "100", 2, 100)]
    public void Read_PagesOfAnAddress_AreWithinBounds(string page, string size, int expectedPage, int expectedSize)
    {
        UserListView view = UserListView.Read(null, "Nonsense", null, "1", page, size);
        Assert.Equal((expectedPage, expectedSize, null, false), (view.Page, view.PageSize, view.Status, view.Descending));
    }

    [Fact]
    public async Task Routes_IdThatIsNone_Is404ForThoseSignedIn()
    {
        await using PortalHost portal = await PortalHost.StartAsync();
        await portal.Get<SettingsService>().CompleteSetupAsync(Actor.Portal, CancellationToken.None);
        await portal.AddUserAsync("alice");
        using HttpClient browser = portal.Browser();
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "alice"), ("password", PortalHost.Password))).Dispose();
        foreach (string path in (string[])["/users/99999999999999999999", "/users/-1", "/users/%27", "/users/0x1", "/proxies/99999999999999999999", "/users/a/b"])
        {
            using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }
        foreach (string query in (string[])["page=-1", "page=2147483647", "pageSize=100000", "status=Nonsense", $"search={new string('a', 3000)}", "search=%25%25_", "page=1&page=2", "descending=maybe", "search=%00"])
        {
            using HttpResponseMessage answer = await browser.GetAsync($"{PortalUrls.Routes.Users}?{query}", TestContext.Current.CancellationToken);
            Assert.Equal((query[..Math.Min(20, query.Length)], HttpStatusCode.OK), (query[..Math.Min(20, query.Length)], answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("sort injection", "/users?sort=PasswordHash", "createdAt")]
    [InlineData("sort injection", "/users?sort=name;drop", "createdAt")]
    [InlineData("sort injection, beside one that is known", "/users?sort=userId&sort=PasswordHash", "createdAt")]
    [InlineData("sort injection, in another case", "/users?SORT=securityStamp", "createdAt")]
    [InlineData("filter on hidden field", "/users?filter=passwordHash%20eq%20%27a%27", "pageSize")]
    [InlineData("filter on hidden field", "/audit?passwordHash=a", "target")]
    [InlineData("filter on hidden field", "/proxies?callerKey=a", "search")]
    public async Task Routes_OrderOrFilterThatIsNone_Is400AndNamesWhatThereIs(string row, string path, string named)
    {
        await using PortalHost portal = await PortalHost.StartAsync();
        await portal.AddUserAsync("op", PortalRole.Operator, adjust: user => user.RequireSecondFactor = false);
        using HttpClient browser = portal.Browser();
        Assert.NotEqual(HttpStatusCode.BadRequest, (await browser.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "op"), ("password", PortalHost.Password))).Dispose();
        using HttpResponseMessage answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((row, HttpStatusCode.BadRequest), (row, answer.StatusCode));
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(named, text, StringComparison.Ordinal);
        Assert.DoesNotContain("assword", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select value not offered", 99, 0)]
    [InlineData("select value not offered", -1, 0)]
    [InlineData("select value not offered", 0, 7)]
    public async Task Create_ValueThatNoSelectOffers_IsRefused(string row, int role, int kind)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        var input = new UserInput { UserId = "alice", DisplayName = "Alice", Role = (PortalRole)role, Kind = (UserKind)kind };
        Assert.Equal((row, "role_invalid"), (row, (await host.Users.CreateAsync(host.Admin, input, CancellationToken.None)).Error?.Code));
    }

    [Theory]
    [InlineData("uppercase", "ALICE", "userId_taken")]
    [InlineData("full width", "\uFF41lice", "userId_taken")]
    [InlineData("Kelvin sign", "\u212Aate", "userId_taken")]
    [InlineData("zero width space", "alice\u200B", "userId_invalid")]
    [InlineData("RTL override", "\u202Eecila", "userId_invalid")]
    [InlineData("BOM inside", "\uFEFFalice", "userId_invalid")]
    [InlineData("Cyrillic homoglyph", "\u0430lice", "userId_invalid")]
    [InlineData("noncharacter", "a\uFFFE", "userId_invalid")]
    [InlineData("half a pair", "a\uD83D", "userId_invalid")]
    [InlineData("NUL", "a\0", "userId_invalid")]
    [InlineData("emoji", "a\U0001F600", "userId_invalid")]
    [InlineData("path", "../etc", "userId_invalid")]
    [InlineData("markup", "<b>", "userId_invalid")]
    [InlineData("colon", "a:b", "userId_invalid")]
    [InlineData("empty", "", "userId_invalid")]
    public async Task Create_NameThatLooksLikeAnother_IsRefused(string row, string userId, string code)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await host.AddUserAsync("alice");
        await host.AddUserAsync("kate");
        Assert.Equal((row, code), (row, (await CreateAsync(host, userId)).Error?.Code));
    }

    [Fact]
    public async Task Create_NameThatIsNoOther_IsAUserOfItsOwn()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        await host.AddUserAsync("alice");
        await host.AddUserAsync("strasse");
        foreach (string name in (string[])["stra\u00DFe", "al\u0131ce"])
            Assert.Equal((name, true), (name, (await CreateAsync(host, name)) is { Succeeded: true, Value.UserId: var id } && id == name));
        foreach (string flood in (string[])["a" + new string('\u0301', 500), new string('\uFDFA', 1000), new string('a', 10_000)])
            Assert.False((await CreateAsync(host, flood)).Succeeded);
    }

    [Theory]
    [InlineData("<b>Bold</b><script>alert(1)</script>")]
    [InlineData("Zoe \U0001F9D1\u200D\U0001F4BB")]
    [InlineData("\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627")]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    public async Task Create_DisplayName_IsStoredAsText(string name)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        CreatedUser user = await host.AddUserAsync("alice", input => input with { DisplayName = name });
        Assert.Equal(name, (await host.Users.GetAsync(host.Admin, user.Id, CancellationToken.None)).Value.DisplayName);
    }

    [Theory]
    [InlineData("displayName")]
    [InlineData("notes")]
    [InlineData("email")]
    public async Task Create_TenThousandCharactersOrControls_AreRefusedAtTheField(string field)
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        foreach (string text in (string[])[new string('a', 10_000), "a\0b", "a\uD83Db"])
        {
            var input = new UserInput { UserId = "alice", DisplayName = "Alice" };
            input = field switch { "displayName" => input with { DisplayName = text }, "notes" => input with { Notes = text }, _ => input with { Email = text + "@example.test" } };
            Assert.Equal((field, text[..3]), ((await host.Users.CreateAsync(host.Admin, input, CancellationToken.None)).Error?.Field, text[..3]));
        }
        CreatedUser user = await host.AddUserAsync("bob", input => input with { Notes = "first line\r\n\tsecond \U0001F600" });
        Assert.NotEqual(Guid.Empty, user.Id);
    }

    [Fact]
    public async Task Create_TenRapidClicks_MakeOneUser()
    {
        await using ServiceHost host = await ServiceHost.StartAsync(_time);
        Result<CreatedUser>[] results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CreateAsync(host, "alice")));
        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal("userId_taken", result.Error!.Code));
    }

    private static Task<Result<CreatedUser>> CreateAsync(ServiceHost host, string userId) =>
        host.Users.CreateAsync(host.Admin, new UserInput { UserId = userId, DisplayName = "Somebody" }, CancellationToken.None);
}
