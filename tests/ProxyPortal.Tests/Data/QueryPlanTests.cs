using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProxyPortal.Access;
using ProxyPortal.Data;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Import;
using ProxyPortal.Users.Jobs;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>What happens at each change goes through no table that grows: with a million users it would take seconds each time.</summary>
[Trait("Database", "Sqlite")]
public sealed class QueryPlanTests : IAsyncLifetime
{
    private readonly ScanFinder _finder = new();
    private PortalHost _portal = null!;
    private Actor _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(new PortalStart { Listens = false, Services = services => services.ConfigureDbContext<SqlitePortalDbContext>(options => options.AddInterceptors(_finder)) });
        User ada = await _portal.AddUserAsync("ada", PortalRole.Administrator);
        _admin = new Actor(ada.Id, "ada", PortalRole.Administrator, IPAddress.Loopback);
        var csv = new StringBuilder("userId,displayName,email,tags\n");
        for (int i = 0; i < 80; i++)
            csv.Append(CultureInfo.InvariantCulture, $"import{i},Imported {i},import{i}@example.test,imported\n");
        Assert.True((await _portal.Get<GroupService>().CreateAsync(_admin, new GroupInput { Name = "staff" }, CancellationToken.None)).Succeeded);
        _finder.Clear();
        await (await _portal.Get<UserImportService>().StartAsync(_admin, Encoding.UTF8.GetBytes(csv.ToString()), new UserImportOptions(UserImportFormat.Csv), CancellationToken.None)).Value.Job!.Completion;
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Changes_OfUsers_GoThroughNoWholeTable()
    {
        foreach (UserBulkAction action in Enum.GetValues<UserBulkAction>().Where(action => action is not UserBulkAction.Restore))
        {
            var request = new UserBulkRequest(action) { Filter = new UserQuery { Search = "import" }, ValidUntil = _portal.Get<TimeProvider>().GetUtcNow().AddYears(1), Days = 3, Tag = "bench", Group = "staff" };
            UserJob job = (await _portal.Get<UserBulkService>().StartAsync(_admin, request, CancellationToken.None)).Value;
            await job.Completion;
            Assert.Equal((action, 80, null), (action, job.Done, job.Problem));
        }
        Assert.Empty(_finder.Scans);
    }
}
