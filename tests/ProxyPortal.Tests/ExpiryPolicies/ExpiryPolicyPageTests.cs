using Bunit;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Devices;
using ProxyPortal.Core.Verification;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.ExpiryPolicies.Calendar;
using ProxyPortal.Tests.Components;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.ExpiryPolicies;

public sealed class ExpiryPolicyPageTests : PortalPageTest
{
    private ExpiryPolicyService Policies => Host.Get<ExpiryPolicyService>();

    [Fact]
    public void New_PasswordAgeIsOffWithItsReasonBesideIt_AndFaultsStandAtTheirFields()
    {
        IRenderedComponent<IComponent> page = Open<NewExpiryPolicyPage>();
        Assert.False(page.FindAll("label").Single(label => label.TextContent.Trim() == "Passwords end by age").QuerySelector("input")!.HasAttribute("checked"));
        Reads(page, "NIST SP 800-63B-4 §3.1.1.2");
        Type(page, "Name", "contractors");
        Type(page, "Secrets end after", "soon");
        Press(page, "Add policy");
        ReadsAt(page, "Secrets end after", "written in digits");
        Type(page, "Secrets end after", "30");
        Type(page, "Jitter", "30");
        Press(page, "Add policy");
        ReadsAt(page, "Jitter", "at most 29 days earlier");
        Type(page, "Jitter", "5");
        Press(page, "Add policy");
        page.WaitForAssertion(() => Assert.StartsWith("/policies/0", Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edit_ThatWouldRefuseSomebody_ShowsWhoAndAsksFirst()
    {
        Guid id = await AddAsync(new ExpiryPolicyInput { Name = "all", IsDefault = true });
        Guid alice = (await Host.AddUserAsync("alice")).Id;
        await Host.AddRowAsync(new Device { UserId = alice, Name = "laptop", SecretDigest = new byte[32], State = DeviceState.Approved, SecretIssuedAt = Time.GetUtcNow().AddDays(-50) });
        IRenderedComponent<IComponent> page = Open<ExpiryPolicyPage>((nameof(ExpiryPolicyPage.Id), id));
        Press(page, "Edit");
        Type(page, "Secrets end after", "40");
        Press(page, "Preview impact");
        Reads(page, "1 login of 1 person");
        Reads(page, "alice+laptop");
        Reads(page, "Secret expired");

        Press(page, "Save changes");
        Reads(page, "1 login of 1 person at the very next check");
        Press(page, "Save policy");
        page.WaitForAssertion(() => Assert.False(Has(page, "Save changes")));
        Assert.Equal(40, (await Policies.GetAsync(Administrator, id, None)).Value.Fields.DeviceSecretMaxAgeDays);
    }

    [Fact]
    public async Task Edit_NotConfirmed_NothingIsSaved()
    {
        Guid id = await AddAsync(new ExpiryPolicyInput { Name = "all", IsDefault = true });
        await Host.SetPasswordAsync((await Host.AddUserAsync("alice")).Id);
        IRenderedComponent<IComponent> page = Open<ExpiryPolicyPage>((nameof(ExpiryPolicyPage.Id), id));
        Press(page, "Edit");
        Type(page, "End after", "10");
        Press(page, "Save changes");
        Reads(page, "0 logins of 0 people at the very next check");
        Press(page, "Cancel");
        page.WaitForAssertion(() => Assert.True(Has(page, "Save changes")));
        Assert.Null((await Policies.GetAsync(Administrator, id, None)).Value.Fields.IdleDays);
    }

    [Fact]
    public async Task List_SaysWhatEachSaysAndForWhom()
    {
        IRenderedComponent<ExpiryPoliciesPage> empty = Show<ExpiryPoliciesPage>();
        Reads(empty, "secrets work until somebody revokes them");
        await AddAsync(new ExpiryPolicyInput { Name = "contractors", DeviceSecretMaxAgeDays = 90, IsDefault = true });
        IRenderedComponent<ExpiryPoliciesPage> page = Show<ExpiryPoliciesPage>();
        Reads(page, "Device secrets end after 90 days.");
        Reads(page, "For whoever has no other");
    }

    [Fact]
    public async Task Calendar_ADayLeadsToWhoEndsOnIt()
    {
        DateTimeOffset end = Time.GetUtcNow().AddMinutes(1);
        await Host.AddUserAsync("alice", input => input with { ValidUntil = end });
        string day = end.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        GoTo(PortalUrls.ExpiryCalendar);
        IRenderedComponent<IComponent> page = Open<ExpiryCalendarPage>();
        AngleSharp.Dom.IElement link = page.Find("td a");
        Assert.EndsWith($"&day={day}", link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("1 account", link.GetAttribute("aria-label"), StringComparison.Ordinal);

        GoTo(link.GetAttribute("href")!);
        IRenderedComponent<IComponent> chosen = Open<ExpiryCalendarPage>();
        Reads(chosen, "Access ends");
        Assert.True(Has(chosen, "alice"));
    }

    [Fact]
    public async Task Calendar_WhoGoesOnNotUsingIt_EndsToo()
    {
        await AddAsync(new ExpiryPolicyInput { Name = "idle", IsDefault = true, IdleDays = 1 });
        CreatedUser alice = await Host.AddUserAsync("alice");
        await Host.AddUserAsync("bob", input => input with { ValidUntil = Time.GetUtcNow().AddHours(1) });
        Ending[] ends = [.. (await Host.Get<ExpiryCalendarService>().DayAsync(Administrator, DateOnly.FromDateTime(Time.GetUtcNow().AddDays(1).UtcDateTime), EndingKind.Idle, 0, 25, None)).Value.Items];
        Assert.Contains(new Ending(alice.Id, "alice", EndingKind.Idle, Time.GetUtcNow().AddDays(1)), ends);
        // Whose access ends before, by itself, is not named twice.
        Assert.DoesNotContain(ends, ending => ending.Login == "bob");
    }

    [Fact]
    public async Task Operator_SeesAPolicyAndNoButtonThatChangesIt()
    {
        Guid id = await AddAsync(new ExpiryPolicyInput { Name = "contractors" });
        SignIn(await Host.AddPersonAsync("helper", PortalRole.Operator));
        IRenderedComponent<IComponent> page = Open<ExpiryPolicyPage>((nameof(ExpiryPolicyPage.Id), id));
        Reads(page, "What it says");
        Assert.False(Has(page, "Edit") || Has(page, "Delete"));
    }

    private async Task<Guid> AddAsync(ExpiryPolicyInput input) => (await Policies.CreateAsync(Administrator, input, None)).Value;
}
