using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.HelpDesk;
using ProxyPortal.Mail;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.HelpDesk;

public sealed class HelpDeskTests : PortalPageTest
{
    private Actor _alice = null!;
    private Actor _otto = null!;

    private HelpDeskService Desk => Host.Get<HelpDeskService>();

    private Guid Alice => _alice.Id!.Value;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Guid alice = (await Host.AddUserAsync("alice", input => input with { DisplayName = "Alice Abel", Email = "alice@example.test" })).Id;
        _alice = new Actor(alice, "alice", PortalRole.None, null);
        _otto = await Host.AddPersonAsync("otto", PortalRole.Operator);
        SignIn(_otto);
    }

    [Fact]
    public async Task Code_ReadOutByTheCaller_VerifiesOnce()
    {
        Assert.Equal("al…@example.test", (await Desk.SendCodeAsync(_otto, Alice, None)).Value);
        string code = await CodeAsync();
        Assert.True((await Desk.CheckCodeAsync(_otto, Alice, $"{code[..4]} {code[4..]}", None)).Succeeded);
        Assert.Equal(HelpDeskService.CodeInvalid, (await Desk.CheckCodeAsync(_otto, Alice, code, None)).Error);
        Assert.Equal(["help_desk.code_sent", "help_desk.caller_verified"], await ActionsAsync());
        await using PortalDbContext db = await Host.OpenAsync();
        Assert.DoesNotContain(code, Convert.ToHexString((await db.CallerCodes.SingleAsync(None)).Digest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_AfterThreeTries_OrTenMinutes_OrANewOne_IsWorthless()
    {
        await Desk.SendCodeAsync(_otto, Alice, None);
        string code = await CodeAsync();
        string wrong = code == "00000000" ? "00000001" : "00000000";
        for (int i = 0; i < HelpDeskService.MostTries; i++)
            Assert.Equal(HelpDeskService.CodeInvalid, (await Desk.CheckCodeAsync(_otto, Alice, wrong, None)).Error);
        Assert.Equal(HelpDeskService.CodeInvalid, (await Desk.CheckCodeAsync(_otto, Alice, code, None)).Error);
        Assert.Equal(["help_desk.code_sent", "help_desk.caller_not_verified"], await ActionsAsync());

        await Desk.SendCodeAsync(_otto, Alice, None);
        string late = await CodeAsync();
        Time.Advance(HelpDeskService.CodeLifetime);
        Assert.Equal(HelpDeskService.CodeInvalid, (await Desk.CheckCodeAsync(_otto, Alice, late, None)).Error);

        await Desk.SendCodeAsync(_otto, Alice, None);
        string former = await CodeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await Desk.SendCodeAsync(_otto, Alice, None);
        string now = await CodeAsync();
        Assert.Equal(former == now, (await Desk.CheckCodeAsync(_otto, Alice, former, None)).Succeeded);
    }

    [Fact]
    public async Task Code_GuessedManyTimesAtOnce_IsTriedThreeTimes()
    {
        await Desk.SendCodeAsync(_otto, Alice, None);
        string wrong = await CodeAsync() == "11111111" ? "22222222" : "11111111";
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Desk.CheckCodeAsync(_otto, Alice, wrong, None)));
        await using PortalDbContext db = await Host.OpenAsync();
        Assert.InRange((await db.CallerCodes.SingleAsync(None)).Tries, 1, HelpDeskService.MostTries);
    }

    [Fact]
    public async Task Code_OfOneHelper_IsOfNoUseToAnother_AndNobodyElseMaySend()
    {
        Actor olga = await Host.AddPersonAsync("olga", PortalRole.Operator);
        await Desk.SendCodeAsync(_otto, Alice, None);
        Assert.Equal(HelpDeskService.CodeInvalid, (await Desk.CheckCodeAsync(olga, Alice, await CodeAsync(), None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Desk.SendCodeAsync(_alice, Alice, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Desk.SendCodeAsync(_otto, Administrator.Id!.Value, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Desk.ViewAsAsync(_otto, Administrator.Id!.Value, None)).Error);
        Assert.Equal(HelpDeskService.NoMail, (await Desk.SendCodeAsync(Administrator, _otto.Id!.Value, None)).Error);
        for (int i = 1; i < HelpDeskService.MostCodes; i++)
            Assert.True((await Desk.SendCodeAsync(_otto, Alice, None)).Succeeded);
        Assert.Equal(HelpDeskService.TooManyCodes, (await Desk.SendCodeAsync(_otto, Alice, None)).Error);
    }

    [Fact]
    public async Task ViewAs_ShowsWhatTheUserSees_ChangesNothing_AndIsWrittenDown()
    {
        await Host.Get<DeviceService>().CreateAsync(Administrator, Alice, new DeviceInput { Name = "laptop" }, None);
        IRenderedComponent<IComponent> page = (IRenderedComponent<IComponent>)Show<ViewAsPage>(parameters => parameters.Add(view => view.Id, Alice));
        Reads(page, "You are looking at the access of alice");
        Reads(page, "You can use the proxy");
        Reads(page, "alice+laptop");
        Assert.False(Has(page, "Add a device") || Has(page, "Pause alice+laptop") || Has(page, "Revoke alice+laptop"));
        Assert.Contains("help_desk.viewed_as", await ActionsAsync());
    }

    [Fact]
    public void ViewAs_OfWhomOneMayNotHelp_ShowsNothing()
    {
        SignIn(_alice);
        Assert.Contains("Not available to you", TextOf(Show<ViewAsPage>(parameters => parameters.Add(view => view.Id, _otto.Id!.Value))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_SendsAndChecks()
    {
        IRenderedComponent<IComponent> page = Open<CallerPanel>((nameof(CallerPanel.UserId), Alice), (nameof(CallerPanel.Name), "alice"));
        await Button(page, "Send a code to the caller's mail").ClickAsync(new());
        Reads(page, "al…@example.test");
        await page.Find("#caller-code").ChangeAsync(new() { Value = "nonsense" });
        await page.Find("form.check").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("not the code", page.Find("#caller-code-error").TextContent, StringComparison.Ordinal));
        await page.Find("#caller-code").ChangeAsync(new() { Value = await CodeAsync() });
        await page.Find("form.check").SubmitAsync();
        Reads(page, "The caller read the code");
    }

    // As it stands in the mail.
    private async Task<string> CodeAsync()
    {
        await using PortalDbContext db = await Host.OpenAsync();
        OutboxMail mail = await db.Mails.AsNoTracking().Where(row => row.Kind == MailKind.VerificationCode).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).FirstAsync(None);
        Assert.Equal("alice@example.test", mail.ToAddress);
        return Host.Get<MailOutbox>().Open(mail).Text.Split('\n').Select(line => line.Trim()).Single(line => line.Length == HelpDeskService.CodeLength && line.All(char.IsAsciiDigit));
    }

    private async Task<string[]> ActionsAsync()
    {
        await using PortalDbContext db = await Host.OpenAsync();
        return await db.AuditEntries.Where(entry => entry.TargetId == Alice && entry.Action.StartsWith("help_desk")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToArrayAsync(None);
    }
}
