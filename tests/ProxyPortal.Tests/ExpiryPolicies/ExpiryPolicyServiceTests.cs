using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.ExpiryPolicies.Calendar;
using ProxyPortal.ExpiryPolicies.Impact;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.ExpiryPolicies;

public sealed class ExpiryPolicyServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-02T09:00:00Z", CultureInfo.InvariantCulture));
    private ServiceHost _host = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private static ExpiryPolicyInput Full { get; } = new()
    {
        Name = "contractors",
        IsDefault = true,
        DeviceSecretMaxAgeDays = 90,
        OverlapHours = 24,
        IdleDays = 30,
        WarnDays = [14, 7, 1],
        WarnsOnTheDay = false,
        WarnDaysAfter = [1],
        GraceDays = 3,
        JitterDays = 7,
        SparesDaysOff = true,
        Holidays = [new DateOnly(2026, 12, 25)],
        PasswordMaxAgeDays = 365,
        PasswordMinLength = 20,
        PasswordHistory = 5,
    };

    private ExpiryPolicyService Policies => _host.Get<ExpiryPolicyService>();

    public async ValueTask InitializeAsync() => _host = await ServiceHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Create_ThenGet_IsWhatWasGiven() => Assert.Equivalent(Full, (await AddAsync(Full)).Fields, strict: true);

    [Fact]
    public async Task Default_ManyAtOnce_LeaveOne()
    {
        Result<Guid>[] made = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => Policies.CreateAsync(_host.Admin, Full with { Name = $"policy{number}" }, None))));
        Assert.All(made.Where(one => !one.Succeeded), one => Assert.Equal(ExpiryPolicyService.Conflict, one.Error));
        await using PortalDbContext db = await _host.OpenAsync();
        Assert.Equal(1, await db.ExpiryPolicies.CountAsync(policy => policy.IsDefault, None));
        db.ExpiryPolicies.Add(new ExpiryPolicy { Name = "past the service", IsDefault = true });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(None));
    }

    [Fact]
    public async Task Default_GoesToAndFro_WhicheverIsOlder()
    {
        ExpiryPolicyDetail first = await AddAsync(Full);
        ExpiryPolicyDetail second = await AddAsync(Full with { Name = "second" });
        foreach (Guid next in (Guid[])[first.Id, second.Id, first.Id])
        {
            ExpiryPolicyDetail now = (await Policies.GetAsync(_host.Admin, next, None)).Value;
            Assert.Null((await Policies.ChangeAsync(_host.Admin, next, now.Fields with { IsDefault = true }, now.Version, None)).Error);
            await using PortalDbContext db = await _host.OpenAsync();
            Assert.Equal(next, (await db.ExpiryPolicies.SingleAsync(policy => policy.IsDefault, None)).Id);
        }
    }

    [Fact]
    public async Task Default_TheNewOneTakesTheFormersPlace_AndBothAreTold()
    {
        ExpiryPolicyDetail first = await AddAsync(Full);
        await AddAsync(Full with { Name = "second" });

        Assert.False((await Policies.GetAsync(_host.Admin, first.Id, None)).Value.Fields.IsDefault);
        await using PortalDbContext db = await _host.OpenAsync();
        AuditEntry entry = await db.AuditEntries.SingleAsync(row => row.Action == AuditAction.ExpiryPolicyChanged, None);
        Assert.Equal(("contractors", """{"isDefault":false}"""), (entry.TargetName, entry.After));
    }

    [Theory]
    [InlineData("name", 0)]
    [InlineData("deviceSecretMaxAgeDays", 0)]
    [InlineData("deviceSecretMaxAgeDays", 2147483647)]
    [InlineData("overlapHours", -1)]
    [InlineData("idleDays", 0)]
    [InlineData("warnDays", 0)]
    [InlineData("warnDaysAfter", 4000)]
    [InlineData("graceDays", 91)]
    [InlineData("jitterDays", -1)]
    [InlineData("jitterDays", 90)]
    [InlineData("holidays", 0)]
    [InlineData("passwordMaxAgeDays", 0)]
    [InlineData("passwordMinLength", 14)]
    [InlineData("passwordMinLength", 257)]
    [InlineData("passwordHistory", 25)]
    public async Task Create_BadField_IsRefusedAtIt(string field, int value)
    {
        ExpiryPolicyInput input = field switch
        {
            "name" => Full with { Name = "A B" },
            "deviceSecretMaxAgeDays" => Full with { DeviceSecretMaxAgeDays = value },
            "overlapHours" => Full with { OverlapHours = value },
            "idleDays" => Full with { IdleDays = value },
            "warnDays" => Full with { WarnDays = [7, value] },
            "warnDaysAfter" => Full with { WarnDaysAfter = [value] },
            "graceDays" => Full with { GraceDays = value },
            "jitterDays" => Full with { JitterDays = value },
            "holidays" => Full with { Holidays = [new DateOnly(1900, 1, 1)] },
            "passwordMaxAgeDays" => Full with { PasswordMaxAgeDays = value },
            "passwordMinLength" => Full with { PasswordMinLength = value },
            _ => Full with { PasswordHistory = value },
        };

        Assert.Equal(field, (await Policies.CreateAsync(_host.Admin, input, None)).Error?.Field);
        Assert.Equal(field, (await _host.Get<ImpactService>().OfPolicyAsync(_host.Admin, null, input, 0, 25, None)).Error?.Field);
        Assert.Equal(0, (await Policies.ListAsync(_host.Admin, null, 0, 25, None)).Value.Total);
    }

    [Fact]
    public async Task Delete_WhileAGroupNamesIt_IsRefused()
    {
        ExpiryPolicyDetail policy = await AddAsync(Full);
        await _host.Get<GroupService>().CreateAsync(_host.Admin, new GroupInput { Name = "staff", ExpiryPolicy = "contractors" }, None);

        Assert.Equal("in_use", (await Policies.DeleteAsync(_host.Admin, policy.Id, policy.Version, None)).Error?.Code);
        Assert.Equal(["staff"], (await Policies.GetAsync(_host.Admin, policy.Id, None)).Value.Groups.Select(group => group.Name));
    }

    [Fact]
    public async Task Change_TwoAtOnce_OneWinsAndTheOtherIsTold()
    {
        ExpiryPolicyDetail policy = await AddAsync(Full);

        Result[] results = await Task.WhenAll(Enumerable.Range(1, 5).Select(days => Task.Run(() => Policies.ChangeAsync(_host.Admin, policy.Id, Full with { IdleDays = days }, policy.Version, None))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(ExpiryPolicyService.Conflict, result.Error));
    }

    [Theory]
    [InlineData(PortalRole.None, false)]
    [InlineData(PortalRole.Auditor, true)]
    [InlineData(PortalRole.Operator, true)]
    public async Task Roles_OtherThanAdministrator_ChangeNothing(PortalRole role, bool mayRead)
    {
        ExpiryPolicyDetail policy = await AddAsync(Full);
        Actor actor = await _host.AddPersonAsync("somebody", role);

        Assert.Equal(mayRead, (await Policies.ListAsync(actor, null, 0, 25, None)).Succeeded);
        Assert.Equal(mayRead, (await Policies.GetAsync(actor, policy.Id, None)).Succeeded);
        Assert.Equal(mayRead, (await _host.Get<ExpiryCalendarService>().MonthAsync(actor, new DateOnly(2026, 3, 1), None)).Succeeded);
        Assert.Equal(mayRead, (await _host.Get<ImpactService>().OfPolicyAsync(actor, policy.Id, Full, 0, 25, None)).Succeeded);
        Assert.Equal(AccessControl.Forbidden, (await Policies.CreateAsync(actor, Full with { Name = "x" }, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Policies.ChangeAsync(actor, policy.Id, Full, policy.Version, None)).Error);
        Assert.Equal(AccessControl.Forbidden, (await Policies.DeleteAsync(actor, policy.Id, policy.Version, None)).Error);
    }

    [Fact]
    public async Task Calendar_TellsWhatEndsOnADay_AndWho()
    {
        await AddAsync(new ExpiryPolicyInput { Name = "yearly", IsDefault = true, PasswordMaxAgeDays = 10 });
        Guid alice = (await _host.AddUserAsync("alice", input => input with { ValidUntil = DateTimeOffset.Parse("2026-03-20T12:00:00Z", CultureInfo.InvariantCulture) })).Id;
        await _host.ChangeUserAsync(alice, user => (user.PasswordHash, user.PasswordSetAt) = ("x", _time.GetUtcNow()));
        Guid bob = (await _host.AddUserAsync("bob")).Id;
        await _host.ChangeUserAsync(bob, user => (user.PasswordHash, user.PasswordSetAt, user.SuspendedAt) = ("x", _time.GetUtcNow(), _time.GetUtcNow()));
        ExpiryCalendarService calendar = _host.Get<ExpiryCalendarService>();

        IReadOnlyList<DayOfEndings> month = (await calendar.MonthAsync(_host.Admin, new DateOnly(2026, 3, 15), None)).Value;
        Assert.Equal(31, month.Count);
        Assert.Equal([(12, EndingKind.Password), (20, EndingKind.Account)], month.Where(day => day.Total > 0).Select(day => (day.Day.Day, day.Counts.Single().Key)));
        Ending ending = Assert.Single((await calendar.DayAsync(_host.Admin, new DateOnly(2026, 3, 12), null, 0, 25, None)).Value.Items);
        Assert.Equal(("alice", EndingKind.Password, _time.GetUtcNow().AddDays(10)), (ending.Login, ending.Kind, ending.At));
        Assert.Equal(0, (await calendar.DayAsync(_host.Admin, new DateOnly(2026, 3, 12), EndingKind.Secret, 0, 25, None)).Value.Total);
    }

    private async Task<ExpiryPolicyDetail> AddAsync(ExpiryPolicyInput input) =>
        (await Policies.GetAsync(_host.Admin, (await Policies.CreateAsync(_host.Admin, input, None)).Value, None)).Value;
}
