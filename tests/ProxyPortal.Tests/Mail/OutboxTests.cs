using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Data;
using ProxyPortal.Mail;
using ProxyPortal.Overview.Needs;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Mail;

/// <summary>Mails on their way, over a server that behaves as servers do.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeSmtpServer _server = new();
    private ServiceHost _host = null!;
    private User _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await StartAsync();
        _alice = await AddAsync("alice", "Alice");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Mail_IsSentOnce_AsTextAndHtml()
    {
        OutboxMail mail = await QueueAsync();
        await SendAsync();
        await SendAsync();
        string sent = Assert.Single(_server.Mails);
        Assert.Contains("To: Alice <alice@example.test>", sent, StringComparison.Ordinal);
        Assert.Contains("text/plain", sent, StringComparison.Ordinal);
        Assert.Contains("text/html", sent, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", sent, StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, (await GetAsync(mail)).State);
    }

    [Fact]
    public async Task Body_IsSealed_AndGoneOnceSentWhereItHeldASecret()
    {
        OutboxMail reset = await QueueAsync(MailKind.PasswordReset, "the-secret-of-the-link");
        OutboxMail notice = await QueueAsync(MailKind.Notice);
        Assert.DoesNotContain("the-secret-of-the-link", (await GetAsync(reset)).Body, StringComparison.Ordinal);
        await SendAsync();
        Assert.Null((await GetAsync(reset)).Body);
        Assert.NotNull((await GetAsync(notice)).Body);
    }

    [Fact]
    public async Task Name_WithTemplateHtmlAndLineBreak_IsText()
    {
        User mallory = await AddAsync("mallory", "{{reset_link}} <a href=//evil>click</a>\r\nBcc: x@y.test");
        await QueueAsync(to: mallory);
        await SendAsync();
        using var source = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Assert.Single(_server.Mails)));
        MimeKit.MimeMessage sent = await MimeKit.MimeMessage.LoadAsync(source, None);
        Assert.Equal("mallory@example.test", sent.To.Mailboxes.Single().Address);
        Assert.Empty(sent.Bcc);
        Assert.Contains("{{reset_link}}", sent.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<a href=//evil", sent.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerDown_AllWait_AndLeaveWithinAMinuteOnceItIsBack()
    {
        int port = _server.Port;
        await _server.DisposeAsync();
        OutboxMail mail = await QueueAsync();
        for (int i = 0; i < 20; i++)
        {
            await SendAsync();
            _time.Advance(TimeSpan.FromSeconds(30));
        }
        OutboxMail waiting = await GetAsync(mail);
        Assert.Equal((MailState.Queued, 0), (waiting.State, waiting.Attempts));
        Assert.NotNull(_host.Get<MailHealth>().Fault);
        Assert.NotEqual(0, port);
        Assert.False(_host.Get<MailHealth>().IsPaused(_time.GetUtcNow().AddSeconds(31)));
        Need? need = await NeedAsync();
        Assert.Equal("Mail cannot be sent", need!.Title);
    }

    [Fact]
    public async Task Refused5xx_IsGivenUp_AndSaid()
    {
        _server.RecipientAnswer = "550 no such user";
        OutboxMail mail = await QueueAsync();
        OutboxMail other = await QueueAsync();
        await SendAsync();
        OutboxMail failed = await GetAsync(mail);
        Assert.Equal(MailState.Failed, failed.State);
        Assert.Contains("550", failed.LastFault, StringComparison.Ordinal);
        Assert.Equal(MailState.Failed, (await GetAsync(other)).State);
        Assert.Equal("2 mails were not delivered", (await NeedAsync())!.Title);
        _server.RecipientAnswer = "250 ok";
        Assert.True((await _host.Get<MailService>().ResendAsync(_host.Admin, mail.Id, None)).Succeeded);
        await SendAsync();
        Assert.Equal(MailState.Sent, (await GetAsync(mail)).State);
    }

    [Fact]
    public async Task Refused4xx_IsTriedLater_WithLongerPauses()
    {
        _server.RecipientAnswer = "451 later";
        OutboxMail mail = await QueueAsync();
        await SendAsync();
        OutboxMail first = await GetAsync(mail);
        Assert.Equal((MailState.Queued, 1, _time.GetUtcNow().AddMinutes(1)), (first.State, first.Attempts, first.NextAttemptAt));
        await SendAsync();
        Assert.Equal(1, (await GetAsync(mail)).Attempts);
        _time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync();
        Assert.Equal((2, _time.GetUtcNow().AddMinutes(5)), ((await GetAsync(mail)).Attempts, (await GetAsync(mail)).NextAttemptAt));
    }

    [Fact]
    public async Task TooLate_IsNotSent()
    {
        OutboxMail mail = await QueueAsync(MailKind.PasswordReset, usefulUntil: _time.GetUtcNow().AddMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(6));
        await SendAsync();
        Assert.Empty(_server.Mails);
        Assert.Equal(MailState.Failed, (await GetAsync(mail)).State);
        Assert.Equal("mail_gone", (await _host.Get<MailService>().ResendAsync(_host.Admin, mail.Id, None)).Error!.Code);
    }

    [Fact]
    public async Task PortalThatDiedWhileSending_GivesTheMailBack()
    {
        OutboxMail mail = await QueueAsync();
        await using (PortalDbContext db = await _host.OpenAsync())
            await db.Mails.ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, _time.GetUtcNow().AddSeconds(90)), None);
        await SendAsync();
        Assert.Empty(_server.Mails);
        _time.Advance(TimeSpan.FromSeconds(90));
        await SendAsync();
        Assert.Single(_server.Mails);
        Assert.Equal(MailState.Sent, (await GetAsync(mail)).State);
    }

    [Fact]
    public async Task TwoNodes_SendEachMailOnce()
    {
        for (int i = 0; i < 20; i++)
            await QueueAsync();
        await Task.WhenAll(SendAsync(), SendAsync(), SendAsync());
        await SendAsync();
        Assert.Equal(20, _server.Mails.Count);
    }

    [Fact]
    public async Task Cancelled_IsNotSent()
    {
        OutboxMail mail = await QueueAsync();
        Assert.True((await _host.Get<MailService>().CancelAsync(_host.Admin, mail.Id, None)).Succeeded);
        await SendAsync();
        Assert.Empty(_server.Mails);
        Assert.Equal("mail_not_queued", (await _host.Get<MailService>().CancelAsync(_host.Admin, mail.Id, None)).Error!.Code);
    }

    [Fact]
    public async Task Test_ShowsEachStep_WithoutTheSecret()
    {
        await using ServiceHost host = await StartAsync(("Mail:Smtp:UserName", "portal"), ("Mail:Smtp:PasswordFile", await PasswordFileAsync("hunter2-hunter2")));
        IReadOnlyList<MailTestStep> steps = (await host.Get<MailTest>().RunAsync(host.Admin, "boss@example.test", null, None)).Value;
        Assert.Equal(["Connect", "Sign in", "Hand the mail over"], steps.Select(step => step.Name));
        Assert.All(steps, step => Assert.True(step.Succeeded, step.Detail));
        string said = string.Join('\n', steps.SelectMany(step => step.Lines));
        Assert.Contains("S: 220 fake", said, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<boss@example.test>", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("\0portal\0hunter2-hunter2"u8), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_StopsAtTheFault_AndNamesIt()
    {
        _server.SignInAnswer = "535 bad credentials";
        await using ServiceHost host = await StartAsync(("Mail:Smtp:UserName", "portal"), ("Mail:Smtp:PasswordFile", await PasswordFileAsync("wrong")));
        IReadOnlyList<MailTestStep> steps = (await host.Get<MailTest>().RunAsync(host.Admin, "boss@example.test", null, None)).Value;
        Assert.Equal(["Connect", "Sign in"], steps.Select(step => step.Name));
        Assert.False(steps[^1].Succeeded);
        Assert.Contains("Mail:Smtp", steps[^1].Detail, StringComparison.Ordinal);
        Assert.Equal("to_invalid", (await host.Get<MailTest>().RunAsync(host.Admin, "a@localhost", null, None)).Error!.Code);
    }

    [Fact]
    public async Task Test_OfAServerThatHangsUp_SaysSo()
    {
        _server.HangsUp = true;
        IReadOnlyList<MailTestStep> steps = (await _host.Get<MailTest>().RunAsync(_host.Admin, "boss@example.test", null, None)).Value;
        Assert.Equal(["Connect", "Hand the mail over"], steps.Select(step => step.Name));
        Assert.False(steps[^1].Succeeded);
    }

    private async Task<ServiceHost> StartAsync(params (string, string)[] more)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        return await ServiceHost.StartAsync(services, [("Mail:Provider", "Smtp"), ("Mail:From", "portal@example.test"), ("Mail:Smtp:Host", "127.0.0.1"),
            ("Mail:Smtp:Port", _server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Mail:Smtp:Security", "None"), .. more]);
    }

    private static async Task<string> PasswordFileAsync(string password)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, password + "\n");
        return file;
    }

    private async Task<User> AddAsync(string userId, string name)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = userId,
            NormalizedUserName = userId,
            DisplayName = name,
            SecurityStamp = "x",
            Email = $"{userId}@example.test",
            NormalizedEmail = $"{userId}@example.test",
        };
        await _host.AddRowAsync(user);
        return user;
    }

    private async Task<OutboxMail> QueueAsync(MailKind kind = MailKind.Notice, string text = "Something happened.", DateTimeOffset? usefulUntil = null, User? to = null)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        OutboxMail mail = _host.Get<MailOutbox>().Add(db, to ?? _alice, kind, () => new MailContent("Something", [text]), usefulUntil)!;
        await db.SaveChangesAsync(None);
        return mail;
    }

    private Task<bool> SendAsync() => _host.Get<MailSender>().SendDueAsync(None);

    private async Task<OutboxMail> GetAsync(OutboxMail mail)
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail.Id, None);
    }

    private async Task<Need?> NeedAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await _host.Services.GetServices<INeedSource>().OfType<MailNeed>().Single().FindAsync(db, ProxyPortal.Access.RoleScope.Everyone, _time.GetUtcNow(), None);
    }
}
