using System.Net;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProxyPortal.Access;
using ProxyPortal.ApiTokens;
using ProxyPortal.Asking;
using ProxyPortal.Audit;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.ExpiryPolicies.Calendar;
using ProxyPortal.ExpiryPolicies.Impact;
using ProxyPortal.Groups;
using ProxyPortal.Groups.Effective;
using ProxyPortal.HelpDesk;
using ProxyPortal.Overview;
using ProxyPortal.Overview.Needs;
using ProxyPortal.Proxies;
using ProxyPortal.Publishing;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Guides;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;
using ProxyPortal.Users;
using ProxyPortal.Users.Bulk;
using ProxyPortal.Users.Export;
using ProxyPortal.Users.Import;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Access;

/// <summary>Every method of every service, asked by everyone. What is allowed goes to things that do not exist, so that nothing changes.</summary>
public sealed class PermissionMatrixTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly UserInput Nameless = new();

    private static readonly (string Name, Permission Needs, Func<IServiceProvider, Actor, Task<Error?>> Ask)[] Methods =
    [
        ("UserService.ListAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).ListAsync(actor, new UserQuery(), None)).Error),
        ("UserService.CountAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).CountAsync(actor, None)).Error),
        ("UserService.GetAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).GetAsync(actor, Guid.Empty, None)).Error),
        ("UserService.CountSoonAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).CountSoonAsync(actor, None)).Error),
        ("UserService.GetAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).GetAsync(actor, "nobody-of-this-name", None)).Error),
        ("UserService.ListGroupsAsync", Permission.ReadUsers, async (services, actor) => (await Users(services).ListGroupsAsync(actor, None)).Error),
        ("UserBulkService.PreviewAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<UserBulkService>().PreviewAsync(actor, new(UserBulkAction.Delete), None)).Error),
        ("UserBulkService.PreviewAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<UserBulkService>().PreviewAsync(actor, new(UserBulkAction.Suspend), None)).Error),
        ("UserBulkService.StartAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<UserBulkService>().StartAsync(actor, new(UserBulkAction.Delete), None)).Error),
        ("UserBulkService.StartAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<UserBulkService>().StartAsync(actor, new(UserBulkAction.Resume), None)).Error),
        ("UserBulkService.UndoAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<UserBulkService>().UndoAsync(actor, Guid.Empty, None)).Error),
        ("UserImportService.ReadHeaderAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<UserImportService>().ReadHeaderAsync(actor, [], None)).Error),
        ("UserImportService.PreviewAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<UserImportService>().PreviewAsync(actor, [], new(UserImportFormat.Csv), None)).Error),
        ("UserImportService.StartAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<UserImportService>().StartAsync(actor, [], new(UserImportFormat.Csv), None)).Error),
        ("UserExportService.PrepareAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<UserExportService>().PrepareAsync(actor, new UserQuery(), None)).Error),
        ("UserService.CreateAsync", Permission.EditUsers, async (services, actor) => (await Users(services).CreateAsync(actor, Nameless, None)).Error),
        ("UserService.CreateAsync", Permission.EditRoles, async (services, actor) => (await Users(services).CreateAsync(actor, Nameless with { Role = PortalRole.Auditor }, None)).Error),
        ("UserService.ChangeAsync", Permission.EditUsers, async (services, actor) => (await Users(services).ChangeAsync(actor, Guid.Empty, Nameless, 1, None)).Error),
        ("UserService.SuspendAsync", Permission.HelpUsers, async (services, actor) => (await Users(services).SuspendAsync(actor, Guid.Empty, None)).Error),
        ("UserService.ResumeAsync", Permission.HelpUsers, async (services, actor) => (await Users(services).ResumeAsync(actor, Guid.Empty, None)).Error),
        ("UserService.DeleteAsync", Permission.EditUsers, async (services, actor) => (await Users(services).DeleteAsync(actor, Guid.Empty, None)).Error),
        ("UserService.RestoreAsync", Permission.EditUsers, async (services, actor) => (await Users(services).RestoreAsync(actor, Guid.Empty, None)).Error),
        ("UserPasswordLinks.IssueAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<UserPasswordLinks>().IssueAsync(actor, Guid.Empty, None)).Error),
        ("UserPasswordLinks.MailAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<UserPasswordLinks>().MailAsync(actor, Guid.Empty, None)).Error),
        ("DeviceService.ListAsync", Permission.ReadUsers, async (services, actor) => (await Devices(services).ListAsync(actor, new DeviceQuery(), None)).Error),
        ("DeviceService.CountAsync", Permission.ReadUsers, async (services, actor) => (await Devices(services).CountAsync(actor, None)).Error),
        ("DeviceService.GetAsync", Permission.ReadUsers, async (services, actor) => (await Devices(services).GetAsync(actor, Guid.Empty, None)).Error),
        ("DeviceService.FindOwnerAsync", Permission.ReadUsers, async (services, actor) => (await Devices(services).FindOwnerAsync(actor, "", None)).Error),
        ("DeviceService.CreateAsync", Permission.EditDevices, async (services, actor) => (await Devices(services).CreateAsync(actor, Guid.Empty, new DeviceInput(), None)).Error),
        ("DeviceService.RequestAsync", Permission.EditDevices, async (services, actor) => (await Devices(services).RequestAsync(actor, Guid.Empty, new DeviceInput(), None)).Error),
        ("DeviceService.ChangeAsync", Permission.EditDevices, async (services, actor) => (await Devices(services).ChangeAsync(actor, Guid.Empty, new DeviceInput(), 1, None)).Error),
        ("DeviceService.DeleteAsync", Permission.EditDevices, async (services, actor) => (await Devices(services).DeleteAsync(actor, Guid.Empty, None)).Error),
        ("DeviceDecisionService.ApproveAsync", Permission.EditDevices, async (services, actor) => (await Decisions(services).ApproveAsync(actor, Guid.Empty, null, None)).Error),
        ("DeviceDecisionService.DeclineAsync", Permission.EditDevices, async (services, actor) => (await Decisions(services).DeclineAsync(actor, Guid.Empty, "no", None)).Error),
        ("DeviceDecisionService.PauseAsync", Permission.EditDevices, async (services, actor) => (await Decisions(services).PauseAsync(actor, Guid.Empty, None)).Error),
        ("DeviceDecisionService.ResumeAsync", Permission.EditDevices, async (services, actor) => (await Decisions(services).ResumeAsync(actor, Guid.Empty, None)).Error),
        ("DeviceDecisionService.RevokeAsync", Permission.EditDevices, async (services, actor) => (await Decisions(services).RevokeAsync(actor, Guid.Empty, null, None)).Error),
        ("DeviceDecisionService.DecideAsync", Permission.EditDevices, async (services, actor) => (await Decisions(services).DecideAsync(actor, [Guid.Empty], true, null, None)).Error),
        ("DeviceSecretService.RotateAsync", Permission.EditDevices, async (services, actor) => (await Secrets(services).RotateAsync(actor, Guid.Empty, null, None)).Error),
        ("DeviceSecretService.IssuePairingLinkAsync", Permission.EditDevices, async (services, actor) => (await Secrets(services).IssuePairingLinkAsync(actor, Guid.Empty, None)).Error),
        ("GroupService.ListAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<GroupService>().ListAsync(actor, new GroupQuery(null, null, false, 0, 25), None)).Error),
        ("GroupService.GetAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<GroupService>().GetAsync(actor, Guid.Empty, None)).Error),
        ("GroupService.ChoicesAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<GroupService>().ChoicesAsync(actor, None)).Error),
        ("GroupService.CreateAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<GroupService>().CreateAsync(actor, new GroupInput(), None)).Error),
        ("GroupService.ChangeAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<GroupService>().ChangeAsync(actor, Guid.Empty, new GroupInput(), 1, None)).Error),
        ("GroupService.CountLossAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<GroupService>().CountLossAsync(actor, Guid.Empty, None)).Error),
        ("GroupService.DeleteAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<GroupService>().DeleteAsync(actor, Guid.Empty, 1, None)).Error),
        ("GroupMemberService.ListAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<GroupMemberService>().ListAsync(actor, Guid.Empty, null, 0, 25, None)).Error),
        ("GroupMemberService.CandidatesAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<GroupMemberService>().CandidatesAsync(actor, Guid.Empty, null, 10, None)).Error),
        ("GroupMemberService.AddAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<GroupMemberService>().AddAsync(actor, Guid.Empty, [], None)).Error),
        ("GroupMemberService.RemoveAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<GroupMemberService>().RemoveAsync(actor, Guid.Empty, Guid.Empty, None)).Error),
        ("EffectivePolicyService.OfUserAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<EffectivePolicyService>().OfUserAsync(actor, Guid.Empty, None)).Error),
        ("EffectivePolicyService.OfUserAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<EffectivePolicyService>().OfUserAsync(actor, "nobody-of-this-name", None)).Error),
        ("EffectivePolicyService.OfGroupAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<EffectivePolicyService>().OfGroupAsync(actor, Guid.Empty, None)).Error),
        ("ExpiryPolicyService.ListAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<ExpiryPolicyService>().ListAsync(actor, null, 0, 25, None)).Error),
        ("ExpiryPolicyService.GetAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<ExpiryPolicyService>().GetAsync(actor, Guid.Empty, None)).Error),
        ("ExpiryPolicyService.CreateAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<ExpiryPolicyService>().CreateAsync(actor, new ExpiryPolicyInput(), None)).Error),
        ("ExpiryPolicyService.ChangeAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<ExpiryPolicyService>().ChangeAsync(actor, Guid.Empty, new ExpiryPolicyInput(), 1, None)).Error),
        ("ExpiryPolicyService.DeleteAsync", Permission.EditGroups, async (services, actor) => (await services.GetRequiredService<ExpiryPolicyService>().DeleteAsync(actor, Guid.Empty, 1, None)).Error),
        ("ImpactService.OfPolicyAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<ImpactService>().OfPolicyAsync(actor, null, new ExpiryPolicyInput(), 0, 25, None)).Error),
        ("ImpactService.OfGroupAsync", Permission.ReadGroups, async (services, actor) => (await services.GetRequiredService<ImpactService>().OfGroupAsync(actor, Guid.Empty, null, 0, 25, None)).Error),
        ("ExpiryCalendarService.MonthAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<ExpiryCalendarService>().MonthAsync(actor, new DateOnly(2026, 11, 1), None)).Error),
        ("ExpiryCalendarService.DayAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<ExpiryCalendarService>().DayAsync(actor, new DateOnly(2026, 11, 1), null, 0, 25, None)).Error),
        ("PacProfileService.ListAsync", Permission.ReadPublications, async (services, actor) => (await Pac(services).ListAsync(actor, None)).Error),
        ("PacProfileService.GetAsync", Permission.ReadPublications, async (services, actor) => (await Pac(services).GetAsync(actor, Guid.Empty, None)).Error),
        ("PacProfileService.ChoicesAsync", Permission.ReadPublications, async (services, actor) => (await Pac(services).ChoicesAsync(actor, None)).Error),
        ("PacProfileService.PreviewAsync", Permission.ReadPublications, async (services, actor) => (await Pac(services).PreviewAsync(actor, new PacProfileInput(), None)).Error),
        ("PacProfileService.CreateAsync", Permission.EditPublications, async (services, actor) => (await Pac(services).CreateAsync(actor, new PacProfileInput(), None)).Error),
        ("PacProfileService.ChangeAsync", Permission.EditPublications, async (services, actor) => (await Pac(services).ChangeAsync(actor, Guid.Empty, new PacProfileInput(), 1, None)).Error),
        ("PacProfileService.DeleteAsync", Permission.EditPublications, async (services, actor) => (await Pac(services).DeleteAsync(actor, Guid.Empty, 1, None)).Error),
        ("AnnouncementService.ListAsync", Permission.ReadPublications, async (services, actor) => (await Announcements(services).ListAsync(actor, None)).Error),
        ("AnnouncementService.GetAsync", Permission.ReadPublications, async (services, actor) => (await Announcements(services).GetAsync(actor, Guid.Empty, None)).Error),
        ("AnnouncementService.ListUsersAsync", Permission.ReadUsers, async (services, actor) => (await Announcements(services).ListUsersAsync(actor, Guid.Empty, None)).Error),
        ("AnnouncementService.AnnounceAsync", Permission.EditPublications, async (services, actor) => (await Announcements(services).AnnounceAsync(actor, new AnnouncementInput(), None)).Error),
        ("AnnouncementService.ChangeAsync", Permission.EditPublications, async (services, actor) => (await Announcements(services).ChangeAsync(actor, Guid.Empty, new AnnouncementInput(), 1, None)).Error),
        ("AnnouncementService.WithdrawAsync", Permission.EditPublications, async (services, actor) => (await Announcements(services).WithdrawAsync(actor, Guid.Empty, None)).Error),
        ("AnnouncementService.RemindAsync", Permission.EditPublications, async (services, actor) => (await Announcements(services).RemindAsync(actor, Guid.Empty, None)).Error),
        ("AnnouncementService.CarryOutAsync", Permission.EditPublications, async (services, actor) => (await Announcements(services).CarryOutAsync(actor, Guid.Empty, None)).Error),
        ("ConnectService.ListAllAsync", Permission.ReadProxies, async (services, actor) => (await services.GetRequiredService<ConnectService>().ListAllAsync(actor, None)).Error),
        ("ProxyService.ListAsync", Permission.ReadProxies, async (services, actor) => (await Proxies(services).ListAsync(actor, None)).Error),
        ("ProxyService.GetAsync", Permission.ReadProxies, async (services, actor) => (await Proxies(services).GetAsync(actor, Guid.Empty, None)).Error),
        ("ProxyService.FindEndpointAsync", Permission.ReadProxies, async (services, actor) => (await Proxies(services).FindEndpointAsync(actor, Guid.Empty, None)).Error),
        ("ProxyService.CreateAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).CreateAsync(actor, new ProxyInput(), new EndpointInput(), None)).Error),
        ("ProxyService.ChangeAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).ChangeAsync(actor, Guid.Empty, new ProxyInput(), 1, None)).Error),
        ("ProxyService.DeleteAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).DeleteAsync(actor, Guid.Empty, None)).Error),
        ("ProxyService.AddEndpointAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).AddEndpointAsync(actor, Guid.Empty, new EndpointInput(), None)).Error),
        ("ProxyService.ChangeEndpointAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).ChangeEndpointAsync(actor, Guid.Empty, Guid.Empty, new EndpointInput(), 1, None)).Error),
        ("ProxyService.RemoveEndpointAsync", Permission.EditProxies, async (services, actor) => (await Proxies(services).RemoveEndpointAsync(actor, Guid.Empty, Guid.Empty, None)).Error),
        ("CallerKeyService.IssueAsync", Permission.EditProxies, async (services, actor) => (await Keys(services).IssueAsync(actor, Guid.Empty, new CallerKeyInput(), None)).Error),
        ("CallerKeyService.RotateAsync", Permission.EditProxies, async (services, actor) => (await Keys(services).RotateAsync(actor, Guid.Empty, new CallerKeyInput(), 1, None)).Error),
        ("CallerKeyService.ChangeAsync", Permission.EditProxies, async (services, actor) => (await Keys(services).ChangeAsync(actor, Guid.Empty, Guid.Empty, new CallerKeyInput(), None)).Error),
        ("CallerKeyService.RevokeAsync", Permission.EditProxies, async (services, actor) => (await Keys(services).RevokeAsync(actor, Guid.Empty, Guid.Empty, None)).Error),
        ("OverviewService.GetAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<OverviewService>().GetAsync(actor, None)).Error),
        ("NeedsService.FindAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<NeedsService>().FindAsync(actor, None)).Error),
        ("OverviewService.WatchAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<OverviewService>().WatchAsync(actor, None)).Error),
        ("VerificationEventQueries.ListAsync", Permission.ReadEvents, async (services, actor) => (await services.GetRequiredService<VerificationEventQueries>().ListAsync(actor, new VerificationEventQuery(), None)).Error),
        ("VerificationEventQueries.CountReasonsAsync", Permission.ReadEvents, async (services, actor) => (await services.GetRequiredService<VerificationEventQueries>().CountReasonsAsync(actor, TimeSpan.FromHours(1), None)).Error),
        ("VerificationEventQueries.FindAsync", Permission.ReadEvents, async (services, actor) => (await services.GetRequiredService<VerificationEventQueries>().FindAsync(actor, "", None)).Error),
        ("SettingsService.ChangeAsync", Permission.EditSettings, async (services, actor) => (await services.GetRequiredService<SettingsService>().ChangeAsync(actor, "", "", None)).Error),
        ("SettingsService.ChangeRegistrationAsync", Permission.EditSettings, async (services, actor) => (await services.GetRequiredService<SettingsService>().ChangeRegistrationAsync(actor, "no domain", false, None)).Error),
        ("RequestService.ListAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<RequestService>().ListAsync(actor, new RequestQuery(), None)).Error),
        ("RequestService.GetAsync", Permission.ReadUsers, async (services, actor) => (await services.GetRequiredService<RequestService>().GetAsync(actor, Guid.Empty, None)).Error),
        ("RequestDecisionService.AcceptAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<RequestDecisionService>().AcceptAsync(actor, Guid.Empty, null, None)).Error),
        ("RequestDecisionService.DeclineAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<RequestDecisionService>().DeclineAsync(actor, Guid.Empty, "no", None)).Error),
        ("RequestDecisionService.DecideAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<RequestDecisionService>().DecideAsync(actor, [], true, null, None)).Error),
        ("Invitations.InviteAsync", Permission.EditUsers, async (services, actor) => (await services.GetRequiredService<Invitations>().InviteAsync(actor, "", None)).Error),
        ("HelpDeskService.ViewAsAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<HelpDeskService>().ViewAsAsync(actor, Guid.Empty, None)).Error),
        ("HelpDeskService.SendCodeAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<HelpDeskService>().SendCodeAsync(actor, Guid.Empty, None)).Error),
        ("HelpDeskService.CheckCodeAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<HelpDeskService>().CheckCodeAsync(actor, Guid.Empty, "", None)).Error),
        ("SettingsService.CompleteSetupAsync", Permission.EditSettings, async (services, actor) => (await services.GetRequiredService<SettingsService>().CompleteSetupAsync(actor, None)).Error),
        ("UserService.ListRoleGroupsAsync", Permission.ReadGroups, async (services, actor) => (await Users(services).ListRoleGroupsAsync(actor, None)).Error),
        ("UserSessionService.ListAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<UserSessionService>().ListAsync(actor, Guid.Empty, None)).Error),
        ("UserSessionService.EndAsync", Permission.HelpUsers, async (services, actor) => (await services.GetRequiredService<UserSessionService>().EndAsync(actor, Guid.Empty, null, None)).Error),
        ("ApiTokenService.ListAsync", Permission.ReadApiTokens, async (services, actor) => (await services.GetRequiredService<ApiTokenService>().ListAsync(actor, 0, 1, None)).Error),
        ("ApiTokenService.GetAsync", Permission.ReadApiTokens, async (services, actor) => (await services.GetRequiredService<ApiTokenService>().GetAsync(actor, Guid.Empty, None)).Error),
        ("ApiTokenService.CreateAsync", Permission.EditApiTokens, async (services, actor) => (await services.GetRequiredService<ApiTokenService>().CreateAsync(actor, new ApiTokenInput("", [], null), None)).Error),
        ("ApiTokenService.RevokeAsync", Permission.EditApiTokens, async (services, actor) => (await services.GetRequiredService<ApiTokenService>().RevokeAsync(actor, Guid.Empty, None)).Error),
        ("GuideService.ListAsync", Permission.ReadPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().ListAsync(actor, null, None)).Error),
        ("GuideService.GetAsync", Permission.ReadPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().GetAsync(actor, "none", "en", None)).Error),
        ("GuideService.GetVersionAsync", Permission.ReadPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().GetVersionAsync(actor, "none", "en", 1, None)).Error),
        ("GuideService.ValuesAsync", Permission.ReadPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().ValuesAsync(actor, None)).Error),
        ("GuideService.CreateAsync", Permission.EditPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().CreateAsync(actor, "", "", new GuideInput(), None)).Error),
        ("GuideService.CopyAsync", Permission.EditPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().CopyAsync(actor, "none", "en", None)).Error),
        ("GuideService.SaveAsync", Permission.EditPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().SaveAsync(actor, "none", "en", new GuideInput(), 1, None)).Error),
        ("GuideService.RestoreAsync", Permission.EditPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().RestoreAsync(actor, "none", "en", 1, 1, None)).Error),
        ("GuideService.PublishAsync", Permission.EditPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().PublishAsync(actor, "none", "en", 1, 1, None)).Error),
        ("GuideService.WithdrawAsync", Permission.EditPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().WithdrawAsync(actor, "none", "en", 1, None)).Error),
        ("GuideService.DeleteAsync", Permission.EditPublications, async (services, actor) => (await services.GetRequiredService<GuideService>().DeleteAsync(actor, "none", "en", 1, None)).Error),
        ("AuditExport.ReadAsync", Permission.ReadAudit, async (services, actor) => (await services.GetRequiredService<AuditExport>().ReadAsync(actor, new AuditQuery(), AuditFileFormat.Csv, None)).Error),
        ("AuditTrail.ListAsync", Permission.ReadAudit, async (services, actor) => (await services.GetRequiredService<AuditTrail>().ListAsync(actor, new AuditQuery(), None)).Error),
    ];

    // The account's own affairs: everyone may ask about themselves, and tests of their own prove that they reach nobody else.
    // A pairing link proves itself.
    private static readonly string[] OfOneself = ["MyAccessService.GetAsync", "ConnectService.ListAsync", "GuideReadingService.ListAsync", "GuideReadingService.FindAsync", "PlannedChanges.ListAsync", "PlannedChanges.AcknowledgeAsync", "GroupRequestService.ListOwnAsync", "GroupRequestService.AskAsync", "GroupRequestService.WithdrawAsync", "VerificationEventQueries.ListOwnAsync", "DeviceSecretService.PairAsync"];

    // What decides, and what is only asked by services.
    private static readonly Type[] NoDoors = [typeof(AccessControl)];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ServiceHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("nobody", PortalRole.None)]
    [InlineData("none", PortalRole.None)]
    [InlineData("auditor", PortalRole.Auditor)]
    [InlineData("operator", PortalRole.Operator)]
    [InlineData("administrator", PortalRole.Administrator)]
    [InlineData("suspended", PortalRole.Administrator)]
    [InlineData("deleted", PortalRole.Administrator)]
    [InlineData("expired", PortalRole.Administrator)]
    [InlineData("demoted", PortalRole.Administrator)]
    [InlineData("unknown", PortalRole.Administrator)]
    public async Task Services_EveryMethod_AllowWhatTheMatrixSaysAndNoteEveryRefusal(string who, PortalRole claimed)
    {
        Actor actor = await AddAsync(who, claimed);
        foreach (var (name, needs, ask) in Methods)
        {
            int before = await RefusalsAsync();
            Error? error = await ask(_host.Services, actor);
            int noted = await RefusalsAsync() - before;
            // Reading goes by the claims, which every open session checks within a minute; writing by the account as it is now.
            bool expected = claimed.Has(needs) && (IsRead(needs) || who is "auditor" or "operator" or "administrator");
            Assert.Equal((who, name, expected), (who, name, error?.Code != "forbidden"));
            Assert.Equal((who, name, expected ? 0 : 1), (who, name, noted));
        }
    }

    // Whatever takes an actor is a door: found by its signature, so that a new service cannot be forgotten.
    [Fact]
    public void Matrix_EveryMethodThatTakesAnActor_IsInIt()
    {
        string[] doors =
        [
            .. from type in typeof(UserService).Assembly.GetTypes()
               where type is { IsClass: true, IsAbstract: false } && (type.IsPublic || (type.Namespace == typeof(DeviceService).Namespace && type.Name.EndsWith("Service", StringComparison.Ordinal))) && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type) && !NoDoors.Contains(type)
               from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
               where typeof(Task).IsAssignableFrom(method.ReturnType) && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Actor)
               where (type, method.Name) != (typeof(AuditTrail), nameof(AuditTrail.WriteAsync))
               select $"{type.Name}.{method.Name}",
        ];
        Assert.Empty(doors.Distinct().Except(Methods.Select(entry => entry.Name).Concat(OfOneself)));
        Assert.Empty(Methods.Select(entry => entry.Name).Except(doors));
    }

    // A scope is a promise to whoever gives a token away.
    [Fact]
    public async Task Services_EveryMethodWithEveryScope_AllowWhatTheScopeSays()
    {
        foreach (string scope in ApiScopes.All)
        {
            var program = Actor.Of(new TokenGrant(Guid.CreateVersion7(), "program", [scope]), IPAddress.Loopback);
            // The overview puts together what takes several permissions, and is for pages only.
            foreach (var (name, needs, ask) in Methods.Where(method => !method.Name.StartsWith(nameof(OverviewService), StringComparison.Ordinal)))
            {
                Error? error = await ask(_host.Services, program);
                Assert.Equal((scope, name, ApiScopes.Allows(scope, needs)), (scope, name, error?.Code != "forbidden"));
            }
        }
    }

    [Fact]
    public void Scopes_NoneButEverything_GivesRolesOrMakesTokens() => Assert.All(
        ApiScopes.All.Where(scope => scope != ApiScopes.Everything),
        scope => Assert.False(ApiScopes.Allows(scope, Permission.EditRoles) || ApiScopes.Allows(scope, Permission.EditApiTokens), scope));

    [Fact]
    public void Scopes_ReadOnes_ChangeNothing() => Assert.All(
        ApiScopes.All.Where(scope => scope.EndsWith(":read", StringComparison.Ordinal)),
        scope => Assert.All(Enum.GetValues<Permission>().Where(permission => !permission.IsRead()), permission => Assert.False(ApiScopes.Allows(scope, permission), $"{scope} {permission}")));

    [Fact]
    public async Task Operator_HelpsUsersButNoAccountWithARole()
    {
        Actor actor = await AddAsync("operator", PortalRole.Operator);
        Guid admin = _host.Admin.Id!.Value;
        CreatedUser alice = await _host.AddUserAsync("alice");
        Assert.True((await _host.Users.SuspendAsync(actor, alice.Id, None)).Succeeded);
        Assert.True((await _host.Users.ResumeAsync(actor, alice.Id, None)).Succeeded);
        Assert.True((await _host.Get<UserPasswordLinks>().IssueAsync(actor, alice.Id, None)).Succeeded);
        foreach (Guid target in (Guid[])[admin, actor.Id!.Value])
        {
            Assert.Equal(AccessControl.Forbidden, (await _host.Users.SuspendAsync(actor, target, None)).Error);
            Assert.Equal(AccessControl.Forbidden, (await _host.Users.ResumeAsync(actor, target, None)).Error);
            Assert.Equal(AccessControl.Forbidden, (await _host.Get<UserPasswordLinks>().IssueAsync(actor, target, None)).Error);
        }
    }

    private static DeviceService Devices(IServiceProvider services) => services.GetRequiredService<DeviceService>();

    private static DeviceDecisionService Decisions(IServiceProvider services) => services.GetRequiredService<DeviceDecisionService>();

    private static DeviceSecretService Secrets(IServiceProvider services) => services.GetRequiredService<DeviceSecretService>();

    // Said once more and not asked of the product: what is a read and what is not is the matrix's matter.
    private static bool IsRead(Permission permission) => permission.ToString().StartsWith("Read", StringComparison.Ordinal);

    private static UserService Users(IServiceProvider services) => services.GetRequiredService<UserService>();

    private static CallerKeyService Keys(IServiceProvider services) => services.GetRequiredService<CallerKeyService>();

    private static AnnouncementService Announcements(IServiceProvider services) => services.GetRequiredService<AnnouncementService>();

    private static PacProfileService Pac(IServiceProvider services) => services.GetRequiredService<PacProfileService>();

    private static ProxyService Proxies(IServiceProvider services) => services.GetRequiredService<ProxyService>();

    private async Task<Actor> AddAsync(string who, PortalRole claimed)
    {
        if (who == "nobody")
            return Actor.Nobody;
        var actor = new Actor(Guid.CreateVersion7(), who, claimed, IPAddress.Loopback);
        DateTimeOffset now = _time.GetUtcNow();
        if (who != "unknown")
        {
            await _host.AddRowAsync(new User
            {
                Id = actor.Id!.Value,
                UserName = who,
                NormalizedUserName = who,
                DisplayName = who,
                SecurityStamp = "x",
                PasswordHash = "x",
                Role = who == "demoted" ? PortalRole.None : claimed,
                SuspendedAt = who == "suspended" ? now : null,
                DeletedAt = who == "deleted" ? now : null,
                ValidUntil = who == "expired" ? now : null,
            });
        }
        return actor;
    }

    private async Task<int> RefusalsAsync()
    {
        await using PortalDbContext db = await _host.OpenAsync();
        return await db.AuditEntries.CountAsync(entry => entry.Action == AuditAction.Refused, None);
    }
}
