using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Guides;
using Xunit;

namespace ProxyPortal.Tests.Publishing.Guides;

public sealed class GuideServiceTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly GuideInput First = new() { Title = "Printers", Text = "Enter {{endpoint.hq.port}}.\n" };
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    private GuideService Guides => _host.Get<GuideService>();

    private Actor Admin => _host.Admin;

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await _host.Get<ProxyService>().CreateAsync(Admin, new ProxyInput { Name = "hq-squid", Realm = "Example" }, new EndpointInput { Name = "hq", Host = "proxy.example.test" }, None);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Guide_FromItsFirstVersionToItsEnd()
    {
        Assert.True((await Guides.CreateAsync(Admin, "printers", "en", First, None)).Succeeded);
        GuideDetail draft = await GetAsync();
        Assert.Equal((GuideState.Draft, 1, (int?)null), (draft.State, draft.Versions.Count, draft.PublishedNumber));

        Assert.True((await Guides.PublishAsync(Admin, "printers", "en", 1, draft.Version, None)).Succeeded);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True((await Guides.SaveAsync(Admin, "printers", "en", First with { Text = "Other.\r\n" }, (await GetAsync()).Version, None)).Succeeded);
        GuideDetail changed = await GetAsync();
        Assert.Equal((GuideState.Changed, 1, "Other.\n"), (changed.State, changed.PublishedNumber!.Value, changed.Fields.Text));
        Assert.Equal([(2, _time.GetUtcNow()), (1, _time.GetUtcNow().AddHours(-1))], changed.Versions.Select(version => (version.Number, version.SavedAt)));
        Assert.Equal("admin", changed.Versions[0].SavedBy);

        Assert.True((await Guides.RestoreAsync(Admin, "printers", "en", 1, changed.Version, None)).Succeeded);
        GuideDetail restored = await GetAsync();
        Assert.Equal((3, First.Text, "Other.\n"), (restored.Versions[0].Number, restored.Fields.Text, (await Guides.GetVersionAsync(Admin, "printers", "en", 2, None)).Value.Text));

        Assert.True((await Guides.WithdrawAsync(Admin, "printers", "en", restored.Version, None)).Succeeded);
        Assert.Equal(GuideState.Draft, (await GetAsync()).State);
        Assert.True((await Guides.DeleteAsync(Admin, "printers", "en", (await GetAsync()).Version, None)).Succeeded);
        Assert.Equal(GuideService.NotFound, (await Guides.GetAsync(Admin, "printers", "en", None)).Error);
        Assert.Equal(
            [AuditAction.GuideCreated, AuditAction.GuidePublished, AuditAction.GuideChanged, AuditAction.GuideChanged, AuditAction.GuideWithdrawn, AuditAction.GuideDeleted],
            await AuditAsync());
    }

    [Fact]
    public async Task Save_OfTheSame_IsNoVersionAndNoEntry()
    {
        await Guides.CreateAsync(Admin, "printers", "en", First, None);
        GuideDetail before = await GetAsync();
        Assert.True((await Guides.SaveAsync(Admin, "printers", "en", First, before.Version, None)).Succeeded);
        Assert.Equal((before.Version, 1), ((await GetAsync()).Version, (await GetAsync()).Versions.Count));
        Assert.Equal([AuditAction.GuideCreated], await AuditAsync());
    }

    [Theory]
    [InlineData("{{endpoint.hq.prot}}", "Line 1, column 1: {{endpoint.hq.prot}} stands for nothing.")]
    [InlineData("a\n\n`{{user.password}}`", "Line 3, column 2: {{user.password}} stands for nothing.")]
    [InlineData("[x](http://{{endpoint.gone.host}}/)", "Line 1, column 12: {{endpoint.gone.host}} stands for nothing.")]
    [InlineData("{{}}", "Line 1, column 1: {{}} stands for nothing.")]
    [InlineData("{{Portal}}", "Line 1, column 1: {{Portal}} stands for nothing.")]
    public async Task Publish_WithABrokenPlaceholder_IsRefusedAndNamesIt(string text, string message)
    {
        Assert.True((await Guides.CreateAsync(Admin, "printers", "en", First with { Text = text }, None)).Succeeded);
        Error fault = (await Guides.PublishAsync(Admin, "printers", "en", 1, (await GetAsync()).Version, None)).Error!;
        Assert.Equal(("placeholder_unknown", message, "text"), (fault.Code, fault.Message, fault.Field));
        Assert.Null((await GetAsync()).PublishedNumber);
    }

    [Fact]
    public async Task Values_HoldNoSecret()
    {
        GuideValues values = (await Guides.ValuesAsync(Admin, None)).Value;
        Assert.Equal(["check", "connect", "help-407", "organisation", "portal", "proxy-pac", "wpad"], values.Common.Select(value => value.Key).Order(StringComparer.Ordinal));
        Assert.Equal(GuideValues.EndpointFields.Select(field => $"endpoint.hq.{field}"), values.OfEndpoint("hq").Select(value => value.Key));
        Assert.All(values.Common.Concat(values.OfEndpoint("hq")), value => Assert.False(string.IsNullOrEmpty(value.Value)));
    }

    [Fact]
    public async Task Endpoint_ThatGoes_BreaksThePlaceholder_AndTheListSaysSo()
    {
        await Guides.CreateAsync(Admin, "printers", "en", First, None);
        await Guides.PublishAsync(Admin, "printers", "en", 1, (await GetAsync()).Version, None);
        await using (PortalDbContext db = await _host.OpenAsync())
            await db.ProxyEndpoints.ExecuteDeleteAsync(None);
        GuideSummary guide = (await Guides.ListAsync(Admin, "printers", None)).Value.Single();
        Assert.Equal((GuideState.Published, 1), (guide.State, guide.Broken));
    }

    [Fact]
    public async Task TwoWhoEdit_OnlyTheFirstWins()
    {
        await Guides.CreateAsync(Admin, "printers", "en", First, None);
        long version = (await GetAsync()).Version;
        Assert.True((await Guides.SaveAsync(Admin, "printers", "en", First with { Text = "a" }, version, None)).Succeeded);
        Assert.Equal(GuideService.Conflict, (await Guides.SaveAsync(Admin, "printers", "en", First with { Text = "b" }, version, None)).Error);
        Assert.Equal(GuideService.Conflict, (await Guides.PublishAsync(Admin, "printers", "en", 1, version, None)).Error);
        Assert.Equal(GuideService.Conflict, (await Guides.DeleteAsync(Admin, "printers", "en", version, None)).Error);
        Assert.Equal("a", (await GetAsync()).Fields.Text);
        Assert.Equal("slug_taken", (await Guides.CreateAsync(Admin, "printers", "en", First, None)).Error!.Code);
    }

    [Theory]
    [InlineData("", "en", "slug")]
    [InlineData("Printers", "en", "slug")]
    [InlineData("a--b", "en", "slug")]
    [InlineData("-a", "en", "slug")]
    [InlineData("../a", "en", "slug")]
    [InlineData("manage", "en", "slug")]
    [InlineData("pr\u0131nters", "en", "slug")]
    [InlineData("a\u200Bb", "en", "slug")]
    [InlineData("a", "xx", "language")]
    [InlineData("a", "EN", "language")]
    [InlineData("a", "", "language")]
    public async Task Name_ThatIsNone_IsRefusedAtItsField(string slug, string language, string field) =>
        Assert.Equal(field, (await Guides.CreateAsync(Admin, slug, language, First, None)).Error!.Field);

    [Theory]
    [InlineData("", "x", 0, "title")]
    [InlineData("  ", "x", 0, "title")]
    [InlineData("a\nb", "x", 0, "title")]
    [InlineData("a", "", 0, "text")]
    [InlineData("a", " \n", 0, "text")]
    [InlineData("a", "x\0y", 0, "text")]
    [InlineData("a", "x", -1, "position")]
    [InlineData("a", "x", 10_001, "position")]
    public async Task Field_ThatCannotBe_IsRefusedThere(string title, string text, int position, string field) => Assert.Equal(
        field, (await Guides.CreateAsync(Admin, "a", "en", new GuideInput { Title = title, Text = text, Position = position }, None)).Error!.Field);

    // Such a half does not survive as the argument of a theory.
    [Fact]
    public async Task Field_WithHalfACharacter_IsRefusedThere()
    {
        Assert.Equal("title", (await Guides.CreateAsync(Admin, "a", "en", First with { Title = "x\uD800" }, None)).Error!.Field);
        Assert.Equal("text", (await Guides.CreateAsync(Admin, "a", "en", First with { Text = "x\uD800" }, None)).Error!.Field);
    }

    [Theory]
    [InlineData(10_001, 'a', "text_too_long")]
    [InlineData(1 << 20, '*', "text_too_long")]
    [InlineData(5001, '*', "text_too_deep")]
    [InlineData(1000, '>', "text_too_deep")]
    public async Task Text_WithoutEnd_IsRefused(int count, char letter, string code) =>
        Assert.Equal((code, "text"), (await Guides.CreateAsync(Admin, "a", "en", First with { Text = new string(letter, count) + "a" }, None)).Error is { } error ? (error.Code, error.Field!) : ("", ""));

    [Fact]
    public async Task Shipped_MadeOnesOwn_ReadsAsBefore_AndComesBackWhenDeleted()
    {
        const string Slug = "password-expired";
        GuideDetail shipped = (await Guides.GetAsync(Admin, Slug, "de", None)).Value;
        Assert.Equal((GuideState.Shipped, 0L, 0), (shipped.State, shipped.Version, shipped.Versions.Count));
        Assert.Equal(GuideService.NotOwn, (await Guides.SaveAsync(Admin, Slug, "de", shipped.Fields, 0, None)).Error);

        Assert.True((await Guides.CopyAsync(Admin, Slug, "de", None)).Succeeded);
        GuideDetail own = (await Guides.GetAsync(Admin, Slug, "de", None)).Value;
        Assert.Equal((GuideState.Published, shipped.Fields), (own.State, own.Fields));
        Assert.Equal(GuideState.Shipped, (await Guides.GetAsync(Admin, Slug, "en", None)).Value.State);
        Assert.Equal("slug_taken", (await Guides.CopyAsync(Admin, Slug, "de", None)).Error!.Code);

        Assert.True((await Guides.DeleteAsync(Admin, Slug, "de", own.Version, None)).Succeeded);
        Assert.Equal(GuideState.Shipped, (await Guides.GetAsync(Admin, Slug, "de", None)).Value.State);
        Assert.Equal(GuideService.NotFound, (await Guides.CopyAsync(Admin, "none", "en", None)).Error);
    }

    [Fact]
    public async Task List_HoldsOwnAndShipped_AndIsSearched()
    {
        await Guides.CreateAsync(Admin, "printers", "en", First with { Position = 0 }, None);
        IReadOnlyList<GuideSummary> all = (await Guides.ListAsync(Admin, null, None)).Value;
        Assert.Equal(("printers", 17), (all[0].Slug, all.Count));
        Assert.Equal(["printers"], (await Guides.ListAsync(Admin, "enter PRINTERS", None)).Value.Select(guide => guide.Slug));
        Assert.Empty((await Guides.ListAsync(Admin, "nothing-of-this-name", None)).Value);
        Assert.Equal("search_too_long", (await Guides.ListAsync(Admin, new string('a', 300), None)).Error!.Code);
    }

    private async Task<GuideDetail> GetAsync() => (await Guides.GetAsync(Admin, "printers", "en", None)).Value;

    private async Task<string[]> AuditAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.AuditEntries.Where(entry => entry.TargetKind == "guide").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToArrayAsync(None);
    }
}
