using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using ProxyPortal.Users.Export;
using ProxyPortal.Users.Import;
using ProxyPortal.Users.Jobs;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Users.Import;

public sealed class UserImportTests : IAsyncLifetime
{
    private const string Bcrypt = "$2y$10$J7d3ZcJ6fI0bH9fYdCw8GeIS7x2uSxTmWfTzXyS1N9wJp3A9RZb1W";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly UserImportOptions Csv = new(UserImportFormat.Csv);
    private static readonly UserImportOptions Htpasswd = new(UserImportFormat.Htpasswd);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    private UserImportService Service => _host.Get<UserImportService>();

    public async ValueTask InitializeAsync()
    {
        _host = await ServiceHost.StartAsync(_time);
        await _host.AddRowAsync(new Group { Name = "staff" }, new Group { Name = "guests" });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Csv_EveryField_ArrivesAsItWouldFromThePage()
    {
        UserImportPlan plan = await ImportAsync("""
            username;Name;E-Mail;kind;groups;tags;owner;valid from;valid until;days from first use;notes
            BOB;"Bob ""B"" Builder";bob@example.test;service;"staff; guests";"Blue; red";admin;2026-12-01;2027-01-01T18:30+02:00;30;"two
            lines"
            """, Csv);
        Assert.Equal((1, 1, 0), (plan.Rows, plan.Created, plan.Faults.Count));
        UserDetail bob = (await _host.Users.GetAsync(_host.Admin, "bob", None)).Value;
        Assert.Equal(("Bob \"B\" Builder", "bob@example.test", UserKind.Service, "admin", 30), (bob.DisplayName, bob.Email, bob.Kind, bob.Owner?.UserId, bob.DaysFromFirstUse));
        Assert.Equal(["guests", "staff"], bob.Groups);
        Assert.Equal(["blue", "red"], bob.Tags);
        Assert.Equal("two\nlines", bob.Notes?.ReplaceLineEndings("\n"));
        Assert.Equal((new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 16, 30, 0, TimeSpan.Zero)), (bob.ValidFrom, bob.ValidUntil));
    }

    [Theory]
    [InlineData("userId\n", 0)]
    [InlineData("userId,email\nalice,\n", 1)]
    [InlineData("\uFEFFuserId\r\nalice\rbob\n", 2)]
    public async Task Csv_FewRows_AreTaken(string file, int created) => Assert.Equal(created, (await ImportAsync(file, Csv)).Created);

    [Theory]
    [InlineData("userId,email\nalice,a@b.test,extra", "2 - Has 3 cells where the header has 2.")]
    [InlineData("userId,until\nalice,2026-02-30", "2 until Must be a day")]
    [InlineData("userId,until\nalice,31/12/2026", "2 until Must be a day")]
    [InlineData("userId,until\nalice,9999-12-31T23:59:59-14:00", "2 until ")]
    [InlineData("userId,until\nalice,0001-01-01", "2 until Give a date between 2000 and 2100.")]
    [InlineData("userId,mail\nalice,nobody", "2 mail Give one mail address")]
    [InlineData("userId,kind\nalice,robot", "2 kind Must be person or service.")]
    [InlineData("userId,groups\nalice,nobody's", "2 - Names a group")]
    [InlineData("userId,owner,kind\nalice,nobody,service", "2 - Must be the user-id")]
    [InlineData("userId\nalice\n\nALICE", "4 - Stands in line 2 already.")]
    [InlineData("userId\nadmin", "2 - There is already a user")]
    [InlineData("userId\nal ice", "2 userId ")]
    [InlineData("userId,days\nalice,1.5", "2 days Must be a whole number")]
    [InlineData("userId,email\n\"alice,a@b.c\nbob,b@b.c", "2 - Opens a quotation mark in line 2")]
    public async Task Csv_FaultyRow_IsNamedByRowAndColumn_AndNothingIsImported(string file, string expected)
    {
        int users = await CountAsync();
        StartedImport started = (await Service.StartAsync(_host.Admin, Bytes(file + "\n"), Csv, None)).Value;
        Assert.Null(started.Job);
        ImportFault fault = started.Plan.Faults[0];
        string column = expected.Split(' ')[1];
        Assert.StartsWith(expected, $"{fault.Row} {(column == "-" ? "-" : fault.Column)} {fault.Message}", StringComparison.Ordinal);
        Assert.Equal(users, await CountAsync());
    }

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData("userId,userId\n", "header_twice")]
    [InlineData("userId,username\n", "header_twice")]
    [InlineData("email\n", "header_missing")]
    [InlineData("userId,shoe size\n", "header_unknown")]
    [InlineData("userId,Password\nalice,hunter2\n", "header_secret")]
    [InlineData("\"userId\n", "header_invalid")]
    public async Task Csv_HeaderThatMakesNoSense_IsRefused(string file, string code) =>
        Assert.Equal(code, (await Service.PreviewAsync(_host.Admin, Bytes(file), Csv, None)).Error?.Code);

    [Fact]
    public async Task Limits_AreNamed()
    {
        Error rows = (await Service.PreviewAsync(_host.Admin, Bytes("userId\n" + string.Concat(Enumerable.Range(0, ImportText.MaxRows + 1).Select(i => $"u{i}\n"))), Csv, None)).Error!;
        Error bytes = (await Service.PreviewAsync(_host.Admin, new byte[ImportText.MaxBytes + 1], Csv, None)).Error!;
        Assert.Contains("100000 rows", rows.Message, StringComparison.Ordinal);
        Assert.Contains("16 MB", bytes.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Existing_SkipLeavesThem_UpdateChangesWhatIsNamed()
    {
        await _host.AddUserAsync("alice", input => input with { Email = "alice@example.test", Notes = "kept", Groups = ["staff"] });
        const string file = "userId,name,email\nalice,Alice Abel,\nbob,Bob,\n";
        UserImportPlan skipped = (await Service.PreviewAsync(_host.Admin, Bytes(file), Csv with { Existing = ExistingUsers.Skip }, None)).Value;
        Assert.Equal((1, 0, 1), (skipped.Created, skipped.Updated, skipped.Skipped));

        UserImportPlan updated = await ImportAsync(file, Csv with { Existing = ExistingUsers.Update });
        Assert.Equal((1, 1, 0), (updated.Created, updated.Updated, updated.Skipped));
        UserDetail alice = (await _host.Users.GetAsync(_host.Admin, "alice", None)).Value;
        Assert.Equal(("Alice Abel", "alice@example.test", "kept"), (alice.DisplayName, alice.Email, alice.Notes));
        Assert.Equal(["staff"], alice.Groups);
        Assert.Contains("role", Assert.Single((await Service.PreviewAsync(_host.Admin, Bytes("userId\nadmin\n"), Csv with { Existing = ExistingUsers.Update }, None)).Value.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_LeftOutOnDemand_LetTheOthersIn()
    {
        UserImportPlan plan = await ImportAsync("userId\nalice\nal ice\nbob\n", Csv with { SkipsFaults = true });
        Assert.Equal((2, 1), (plan.Created, plan.Faults.Count));
        Assert.True((await _host.Users.GetAsync(_host.Admin, "bob", None)).Succeeded);
    }

    [Fact]
    public async Task Htpasswd_KnownHashes_ComeAsTheyAre_CommentsAreCounted()
    {
        UserImportPlan plan = await ImportAsync($"# users\n\nalice:{Bcrypt}\nBob:$apr1$abcdefgh$E9HPWPZGiGwUgoOGZO4Ry.\n", Htpasswd);
        Assert.Equal((2, 2, 2, 0), (plan.Rows, plan.Created, plan.Ignored, plan.Faults.Count));
        await using PortalDbContext db = await _host.OpenAsync();
        User alice = await db.Users.SingleAsync(user => user.UserName == "alice", None);
        Assert.Equal((Bcrypt, 1L, _time.GetUtcNow()), (alice.PasswordHash, alice.PasswordVersion, alice.PasswordSetAt));
        Assert.DoesNotContain(await db.AuditEntries.Select(entry => entry.After).ToListAsync(None), after => after?.Contains("$2y$", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("alice:rl0uE8qS1rX2A", "unsupported weak hash")]
    [InlineData("alice:$2y$31$J7d3ZcJ6fI0bH9fYdCw8GeIS7x2uSxTmWfTzXyS1N9wJp3A9RZb1W", "cost outside of 5 to 14")]
    [InlineData("alice:$2y$04$J7d3ZcJ6fI0bH9fYdCw8GeIS7x2uSxTmWfTzXyS1N9wJp3A9RZb1W", "cost outside of 5 to 14")]
    [InlineData("alice:$2y$10$abc", "not a whole bcrypt hash")]
    [InlineData("alice:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "unsupported, too weak")]
    [InlineData("alice:realm:5f4dcc3b5aa765d61d8327deb882cf99", "htdigest")]
    [InlineData("alice:hunter2", "password in clear")]
    [InlineData("alice:", "Is empty.")]
    [InlineData("alice", "no colon")]
    [InlineData("al ice:x", "")]
    public async Task Htpasswd_RefusedLine_IsNamedWithoutQuotingIt(string line, string expected)
    {
        ImportFault fault = Assert.Single((await Service.PreviewAsync(_host.Admin, Bytes($"# one\n{line}\n"), Htpasswd, None)).Value.Faults);
        Assert.Equal(2, fault.Row);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Htpasswd_NeverReplacesAPassword()
    {
        CreatedUser alice = await _host.AddUserAsync("alice");
        await _host.SetPasswordAsync(alice.Id);
        await _host.AddUserAsync("bob", input => input with { DisplayName = "Bob", Notes = "kept" });
        UserImportPlan plan = await ImportAsync($"alice:{Bcrypt}\nbob:{Bcrypt}\n", Htpasswd with { Existing = ExistingUsers.Update });
        Assert.Equal((1, 1), (plan.Updated, plan.Skipped));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal("x", (await db.Users.SingleAsync(user => user.UserName == "alice", None)).PasswordHash);
        User bob = await db.Users.SingleAsync(user => user.UserName == "bob", None);
        Assert.Equal((Bcrypt, "Bob", "kept"), (bob.PasswordHash, bob.DisplayName, bob.Notes));
    }

    [Fact]
    public async Task Import_IsOneTransaction_AuditedForEachUserAndAsAWhole()
    {
        await _host.BreakAsync("audit_entries");
        StartedImport started = (await Service.StartAsync(Actor.Portal, Bytes("userId\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"u{i:0000}\n"))), Csv, None)).Value;
        await started.Job!.Completion;
        await _host.MendAsync("audit_entries");
        Assert.Equal(UserJobState.Stopped, started.Job.State);
        Assert.Equal(1, await CountAsync());

        await ImportAsync("userId\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"u{i:0000}\n")), Csv);
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(1200, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.UserCreated, None));
        Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.UsersImported, None));
        Assert.Null((await _host.Get<AuditVerification>().RunAsync(None)).Fault);
        Assert.NotNull(_host.Get<DirectoryIndex>().FindUser("u1199"));
    }

    [Fact]
    public async Task Export_OfWhatWasImported_IsSafeForSpreadsheetsAndHoldsNoSecret()
    {
        await ImportAsync("userId,name,tags\nalice,\"=cmd|' /C calc'!A0\",blue\n", Csv);
        await _host.ChangeUserAsync((await _host.Users.GetAsync(_host.Admin, "alice", None)).Value.Id, user => user.PasswordHash = Bcrypt);
        using var stream = new MemoryStream();
        await (await _host.Get<UserExportService>().PrepareAsync(_host.Admin, new UserQuery(), None)).Value(stream, None);
        string csv = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains(",'=cmd|' /C calc'!A0,", csv, StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFuserId,displayName,", csv, StringComparison.Ordinal);
        Assert.Equal(4, csv.Split("\r\n").Length);
        Assert.DoesNotContain("$2y$", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(UserExportService.Columns, column => column.Contains("hash", StringComparison.OrdinalIgnoreCase) || column.Contains("secret", StringComparison.OrdinalIgnoreCase) || column.Contains("password", StringComparison.OrdinalIgnoreCase));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.UsersExported, None));
    }

    [Fact]
    public async Task Import_AndExport_AskForTheirPermission()
    {
        Actor helper = await _host.AddPersonAsync("helper", PortalRole.Operator);
        Assert.Equal(AccessControl.Forbidden, (await Service.ReadHeaderAsync(helper, Bytes("userId\n"), None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Service.StartAsync(helper, Bytes("userId\nalice\n"), Csv, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await _host.Get<UserExportService>().PrepareAsync(Actor.Nobody, new UserQuery(), None)).Error);
    }

    private async Task<UserImportPlan> ImportAsync(string file, UserImportOptions options)
    {
        StartedImport started = (await Service.StartAsync(_host.Admin, Bytes(file), options, None)).Value;
        if (started.Job is { } job)
        {
            await job.Completion;
            Assert.Null(job.Problem);
        }
        return started.Plan;
    }

    private async Task<int> CountAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.Users.CountAsync(None);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
