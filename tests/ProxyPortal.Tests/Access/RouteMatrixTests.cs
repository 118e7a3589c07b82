using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using ProxyPortal.Access;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Management;
using ProxyPortal.Management.Reference;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Tests.Management;
using ProxyPortal.Users;
using Xunit;

namespace ProxyPortal.Tests.Access;

/// <summary>Every route of the portal listener, asked by everyone, against one table. A route that stands in no table fails.</summary>
public sealed class RouteMatrixTests : IAsyncLifetime
{
    private const string Refusal = "Not available to you";

    // Pages for people who are signed in: what one must be allowed to see them; null = anyone who is.
    private static readonly Dictionary<string, Permission?> Pages = new(StringComparer.Ordinal)
    {
        [PortalUrls.Home] = null,
        [PortalUrls.MyAccess] = null,
        [PortalUrls.Routes.Users] = Permission.ReadUsers,
        [PortalUrls.NewUser] = Permission.EditUsers,
        [PortalUrls.Routes.User] = Permission.ReadUsers,
        [PortalUrls.ImportUsers] = Permission.EditUsers,
        ["/users/export"] = Permission.ReadUsers,
        [PortalUrls.Routes.Requests] = Permission.ReadUsers,
        [PortalUrls.Routes.ViewAs] = Permission.HelpUsers,
        [PortalUrls.Routes.Devices] = Permission.ReadUsers,
        [PortalUrls.DeviceRequests] = Permission.ReadUsers,
        [PortalUrls.Routes.Device] = Permission.ReadUsers,
        [PortalUrls.Groups] = Permission.ReadGroups,
        [PortalUrls.NewGroup] = Permission.EditGroups,
        [PortalUrls.Routes.Group] = Permission.ReadGroups,
        [PortalUrls.ExpiryPolicies] = Permission.ReadGroups,
        [PortalUrls.NewExpiryPolicy] = Permission.EditGroups,
        [PortalUrls.ExpiryCalendar] = Permission.ReadGroups,
        [PortalUrls.Routes.ExpiryPolicy] = Permission.ReadGroups,
        [PortalUrls.Routes.Verifications] = Permission.ReadEvents,
        [PortalUrls.Proxies] = Permission.ReadProxies,
        [PortalUrls.NewProxy] = Permission.EditProxies,
        [PortalUrls.Routes.Proxy] = Permission.ReadProxies,
        [PortalUrls.PacProfiles] = Permission.ReadPublications,
        [PortalUrls.NewPacProfile] = Permission.EditPublications,
        [PortalUrls.Routes.PacProfile] = Permission.ReadPublications,
        [PortalUrls.GuidesToEdit] = Permission.ReadPublications,
        [PortalUrls.NewGuide] = Permission.EditPublications,
        [PortalUrls.Routes.GuideEditor] = Permission.ReadPublications,
        [PortalUrls.Announcements] = Permission.ReadPublications,
        [PortalUrls.NewAnnouncement] = Permission.EditPublications,
        [PortalUrls.Routes.Announcement] = Permission.ReadPublications,
        [PortalUrls.Routes.Audit] = Permission.ReadAudit,
        [PortalUrls.ApiTokens] = Permission.ReadApiTokens,
        [PortalUrls.Settings] = Permission.ReadSettings,
        [PortalUrls.Routes.Mails] = Permission.ReadSettings,
        [PortalUrls.MyAccount] = null,
        [PortalUrls.ConfirmIdentity] = null,
        [PortalUrls.ChangeMail] = null,
        [PortalUrls.AuditFile] = Permission.ReadAudit,
    };

    // Of each operation, what a token must be allowed.
    private static readonly Dictionary<string, Permission> Operations = new(StringComparer.Ordinal)
    {
        ["listUsers"] = Permission.ReadUsers,
        ["getUser"] = Permission.ReadUsers,
        ["exportUsers"] = Permission.ReadUsers,
        ["getUserEffectivePolicy"] = Permission.ReadUsers,
        ["listDevices"] = Permission.ReadUsers,
        ["listDevicesOfUser"] = Permission.ReadUsers,
        ["getDevice"] = Permission.ReadUsers,
        ["createUser"] = Permission.EditUsers,
        ["changeUser"] = Permission.EditUsers,
        ["deleteUser"] = Permission.EditUsers,
        ["restoreUser"] = Permission.EditUsers,
        ["changeUsersInBulk"] = Permission.EditUsers,
        ["importUsers"] = Permission.EditUsers,
        ["suspendUser"] = Permission.HelpUsers,
        ["resumeUser"] = Permission.HelpUsers,
        ["resetUserPassword"] = Permission.HelpUsers,
        ["inviteUser"] = Permission.HelpUsers,
        ["undoUserJob"] = Permission.HelpUsers,
        ["createDevice"] = Permission.EditDevices,
        ["changeDevice"] = Permission.EditDevices,
        ["rotateDevice"] = Permission.EditDevices,
        ["pairDevice"] = Permission.EditDevices,
        ["approveDevice"] = Permission.EditDevices,
        ["declineDevice"] = Permission.EditDevices,
        ["decideDevices"] = Permission.EditDevices,
        ["pauseDevice"] = Permission.EditDevices,
        ["resumeDevice"] = Permission.EditDevices,
        ["revokeDevice"] = Permission.EditDevices,
        ["deleteDevice"] = Permission.EditDevices,
        ["listRequests"] = Permission.ReadUsers,
        ["getRequest"] = Permission.ReadUsers,
        ["acceptRequest"] = Permission.EditUsers,
        ["declineRequest"] = Permission.EditUsers,
        ["decideRequests"] = Permission.EditUsers,
        ["inviteToRequest"] = Permission.EditUsers,
        ["listGroups"] = Permission.ReadGroups,
        ["getGroup"] = Permission.ReadGroups,
        ["getGroupEffectivePolicy"] = Permission.ReadGroups,
        ["listGroupMembers"] = Permission.ReadGroups,
        ["listExpiryPolicies"] = Permission.ReadGroups,
        ["getExpiryPolicy"] = Permission.ReadGroups,
        ["previewExpiryPolicy"] = Permission.ReadGroups,
        ["createGroup"] = Permission.EditGroups,
        ["changeGroup"] = Permission.EditGroups,
        ["addGroupMembers"] = Permission.EditGroups,
        ["removeGroupMember"] = Permission.EditGroups,
        ["deleteGroup"] = Permission.EditGroups,
        ["createExpiryPolicy"] = Permission.EditGroups,
        ["changeExpiryPolicy"] = Permission.EditGroups,
        ["deleteExpiryPolicy"] = Permission.EditGroups,
        ["listGuides"] = Permission.ReadPublications,
        ["getGuide"] = Permission.ReadPublications,
        ["getGuideVersion"] = Permission.ReadPublications,
        ["createGuide"] = Permission.EditPublications,
        ["changeGuide"] = Permission.EditPublications,
        ["publishGuide"] = Permission.EditPublications,
        ["withdrawGuide"] = Permission.EditPublications,
        ["restoreGuideVersion"] = Permission.EditPublications,
        ["deleteGuide"] = Permission.EditPublications,
        ["listProxies"] = Permission.ReadProxies,
        ["getProxy"] = Permission.ReadProxies,
        ["listEndpoints"] = Permission.ReadProxies,
        ["getEndpoint"] = Permission.ReadProxies,
        ["createProxy"] = Permission.EditProxies,
        ["changeProxy"] = Permission.EditProxies,
        ["deleteProxy"] = Permission.EditProxies,
        ["addEndpoint"] = Permission.EditProxies,
        ["issueCallerKey"] = Permission.EditProxies,
        ["rotateCallerKey"] = Permission.EditProxies,
        ["changeCallerKey"] = Permission.EditProxies,
        ["revokeCallerKey"] = Permission.EditProxies,
        ["changeEndpoint"] = Permission.EditProxies,
        ["removeEndpoint"] = Permission.EditProxies,
        ["listVerifications"] = Permission.ReadEvents,
        ["getVerification"] = Permission.ReadEvents,
        ["listAuditEntries"] = Permission.ReadAudit,
        ["exportAudit"] = Permission.ReadAudit,
        ["getUserJob"] = Permission.ReadUsers,
        ["listApiTokens"] = Permission.ReadApiTokens,
        ["getApiToken"] = Permission.ReadApiTokens,
        ["createApiToken"] = Permission.EditApiTokens,
        ["revokeApiToken"] = Permission.EditApiTokens,
        ["listMails"] = Permission.ReadSettings,
        ["getMailStatus"] = Permission.ReadSettings,
        ["sendMail"] = Permission.EditSettings,
        ["cancelMail"] = Permission.EditSettings,
        ["testMail"] = Permission.EditSettings,
        ["listPacProfiles"] = Permission.ReadPublications,
        ["getPacProfile"] = Permission.ReadPublications,
        ["createPacProfile"] = Permission.EditPublications,
        ["changePacProfile"] = Permission.EditPublications,
        ["deletePacProfile"] = Permission.EditPublications,
        ["listAnnouncements"] = Permission.ReadPublications,
        ["getAnnouncement"] = Permission.ReadPublications,
        ["listAnnouncementUsers"] = Permission.ReadUsers,
        ["announceChange"] = Permission.EditPublications,
        ["changeAnnouncement"] = Permission.EditPublications,
        ["withdrawAnnouncement"] = Permission.EditPublications,
        ["remindOfAnnouncement"] = Permission.EditPublications,
        ["carryOutAnnouncement"] = Permission.EditPublications,
        ["getConnect"] = Permission.ReadProxies,
    };

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private PortalHost _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public void Routes_ForPeopleWhoAreSignedIn_AreAllInTheTable()
    {
        string[] routes =
        [
            .. from endpoint in Endpoints()
               where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<ApiOperation>() is null
               where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is not false && !endpoint.RoutePattern.RawText!.StartsWith("/_", StringComparison.Ordinal)
               select "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
        ];
        Assert.Empty(routes.Distinct().Except(Pages.Keys).Except(Others));
    }

    [Fact]
    public void Operations_AreAllInTheTable() => Assert.Equal(
        Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null).Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).Order(StringComparer.Ordinal),
        Operations.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(null)]
    [InlineData(PortalRole.None)]
    [InlineData(PortalRole.Auditor)]
    [InlineData(PortalRole.Operator)]
    [InlineData(PortalRole.Administrator)]
    public async Task Page_Role_IsShownOrRefusedAsTheTableSays(PortalRole? role)
    {
        Dictionary<string, Guid> things = await AddThingsAsync();
        using HttpClient browser = _portal.Browser();
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        if (role is { } given)
        {
            await _portal.AddUserAsync("person", given, adjust: user => user.RequireSecondFactor = false);
            Assert.Equal(HttpStatusCode.Redirect, (await PortalHost.SubmitAsync(browser, PortalUrls.SignIn, "sign-in", ("userId", "person"), ("password", PortalHost.Password))).StatusCode);
        }
        foreach ((string route, Permission? needs) in Pages)
        {
            string address = things.Aggregate(route, (text, thing) => text.StartsWith($"/{thing.Key}/", StringComparison.Ordinal) ? text.Replace("{Id:guid}", thing.Value.ToString(), StringComparison.Ordinal) : text)
                .Replace("{Slug}", "what-a-407-is", StringComparison.Ordinal).Replace("{Language}", "en", StringComparison.Ordinal);
            using HttpResponseMessage response = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            string seen = response.StatusCode is HttpStatusCode.Redirect && response.Headers.Location!.OriginalString.Contains(PortalUrls.SignIn, StringComparison.Ordinal) ? "sign-in"
                : response.StatusCode is HttpStatusCode.Forbidden || text.Contains(Refusal, StringComparison.Ordinal) ? "refused"
                : response.StatusCode is HttpStatusCode.OK ? "shown" : response.StatusCode.ToString();
            string expected = role is null ? "sign-in" : needs is { } permission && !role.Value.Has(permission) ? "refused" : "shown";
            Assert.Equal((role, route, expected), (role, route, seen));
        }
    }

    [Fact]
    public async Task Operation_Scope_IsAnsweredOrRefusedAsTheTableSays()
    {
        ApiThings things = await ApiThings.AddAsync(_portal, await _portal.AddTokenAsync(ApiScopes.Everything));
        Dictionary<string, string> methods = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null).ToDictionary(
            endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single());
        foreach (ApiExample example in ApiExamples.All.Where(example => !OfTheCaller.Contains(example.Operation)))
        {
            // Those who may not come first: who may changes or removes what it is about.
            foreach (string scope in ApiScopes.All.OrderBy(scope => ApiScopes.Allows(scope, Operations[example.Operation])))
            {
                using StringContent? body = example.Body is null ? null : new StringContent(things.Fill(example.Body), System.Text.Encoding.UTF8, example.MediaType);
                ApiReply reply = await _portal.SendAsync(new HttpMethod(methods[example.Operation]), things.Fill(example.Address), await TokenAsync(scope), body);
                Assert.Equal((scope, example.Operation, ApiScopes.Allows(scope, Operations[example.Operation])), (scope, example.Operation, reply.Status is not HttpStatusCode.Forbidden));
                Assert.True((int)reply.Status < 500, reply.Text);
            }
        }
    }

    // What is there for whoever started it, and for nobody else.
    private static string[] OfTheCaller => ["getUserJob", "undoUserJob"];

    private async Task<string> TokenAsync(string scope) =>
        _tokens.TryGetValue(scope, out string? token) ? token : _tokens[scope] = await _portal.AddTokenAsync(scope);

    // Only until the first run is over; what stands in for a page that is missing; and what belongs to no page.
    private static string[] Others => [PortalUrls.Setup, PortalUrls.SetupOrganisation, PortalUrls.SetupProxy, PortalUrls.SetupUser, PortalUrls.SetupFirstCall, PortalUrls.EnrolSecondFactor, PortalUrls.NotFound, "/{**path:file}", "/users/jobs/{job:guid}/results.csv"];

    private IEnumerable<RouteEndpoint> Endpoints() => _portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private async Task<Dictionary<string, Guid>> AddThingsAsync()
    {
        Guid user = (await _portal.AddUserAsync("alice")).Id;
        await using ProxyPortal.Data.PortalDbContext db = await _portal.OpenDatabaseAsync();
        var proxy = new Proxy { Name = "hq-squid", Realm = "r", CreatedAt = DateTimeOffset.UnixEpoch };
        var device = new Device { UserId = user, Name = "laptop", SecretDigest = new byte[32] };
        var group = new Group { Name = "staff" };
        var policy = new ExpiryPolicy { Name = "contractors" };
        var profile = new PacProfile { Name = "branch" };
        var announcement = new Announcement { EndpointName = "hq" };
        db.AddRange(proxy, device, group, policy, profile, announcement);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return new Dictionary<string, Guid>(StringComparer.Ordinal) { ["users"] = user, ["proxies"] = proxy.Id, ["devices"] = device.Id, ["groups"] = group.Id, ["policies"] = policy.Id, ["pac"] = profile.Id, ["announcements"] = announcement.Id };
    }
}
