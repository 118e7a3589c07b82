using Microsoft.EntityFrameworkCore;
using ProxyPortal.Access;
using ProxyPortal.ApiTokens;
using ProxyPortal.Asking;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Mail;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;
using ProxyPortal.Users.Jobs;
using ProxyPortal.Verification.Events;
using Xunit;

namespace ProxyPortal.Tests.Management;

/// <summary>What the examples of the API speak of, by the words that stand in braces there.</summary>
internal sealed class ApiThings
{
    private const string Bootstrap = """
        {
          "expiryPolicies": [ { "name": "contractors", "deviceSecretMaxAgeDays": 90, "overlapHours": 8 }, { "name": "spare" } ],
          "proxies": [
            { "name": "hq-squid", "realm": "Example proxy", "callerKey": "a-caller-key-of-forty-characters-0000001",
              "endpoints": [ { "name": "hq", "host": "proxy.example.test", "port": 3128 }, { "name": "spare", "host": "spare.example.test", "port": 3128 } ] },
            { "name": "spare-squid", "realm": "Example proxy", "callerKey": "a-caller-key-of-forty-characters-0000002" },
            { "name": "open-squid", "realm": "Example proxy", "callerKey": "a-caller-key-of-forty-characters-0000003",
              "endpoints": [ { "name": "open", "host": "open.example.test", "port": 3128, "visibility": "public" },
                             { "name": "ending1", "host": "ending1.example.test", "port": 3128 }, { "name": "ending2", "host": "ending2.example.test", "port": 3128 }, { "name": "ending3", "host": "ending3.example.test", "port": 3128 } ] } ],
          "groups": [ { "name": "staff", "expiryPolicy": "contractors" }, { "name": "spare" } ],
          "users": [
            { "userId": "alice", "email": "alice@example.test", "password": "a long enough passphrase", "groups": ["staff"], "validUntil": "2098-12-31T00:00:00Z",
              "devices": [ { "name": "laptop", "secret": "a-device-secret-of-forty-characters-0001" } ] },
            { "userId": "leaver" } ]
        }
        """;

    /// <param name="portal">Where to make them.</param>
    /// <param name="token">Of the one who will ask about the job: a job is there for whoever started it.</param>
    public static async Task<ApiThings> AddAsync(PortalHost portal, string token)
    {
        await portal.BootstrapAsync(Bootstrap);
        byte[] id = VerificationId.Create(DateTimeOffset.UnixEpoch.AddYears(56).UtcTicks).ToBytes();
        await using PortalDbContext db = await portal.OpenDatabaseAsync();
        Dictionary<string, Guid> users = await db.Users.ToDictionaryAsync(user => user.UserName!, user => user.Id, TestContext.Current.CancellationToken);
        DateTimeOffset now = portal.Get<TimeProvider>().GetUtcNow();
        Device[] requests = [.. Enumerable.Range(1, 3).Select(number => new Device
        {
            UserId = users["alice"],
            Name = $"asked{number}",
            SecretDigest = new byte[32],
            State = DeviceState.Requested,
            RequestedAt = now,
            RequestEndsAt = now.AddDays(9),
        })];
        db.Devices.AddRange(requests);
        OutboxMail[] mails = [.. Enumerable.Range(1, 2).Select(_ => portal.Get<MailOutbox>().Add(
            db, new MailReader("alice@example.test", "Alice", users["alice"], null), MailKind.Notice, () => new MailContent("Something", ["It happened."])))];
        // Not to be sent before somebody asks for it.
        foreach (OutboxMail mail in mails)
            mail.NextAttemptAt = now.AddDays(1);
        db.VerificationEvents.Add(new VerificationEvent
        {
            Id = id,
            LastId = id,
            FirstAt = DateTimeOffset.UnixEpoch.AddYears(56),
            LastAt = DateTimeOffset.UnixEpoch.AddYears(56),
            Login = "alice",
            ProxyName = "hq-squid",
            Scheme = AuthSchemes.Basic,
            Reason = RejectionReason.WrongSecret,
            Count = 1,
        });
        AccessRequest[] people = [.. Enumerable.Range(1, 3).Select(number => new AccessRequest
        {
            Kind = RequestKind.Access,
            State = RequestState.Waiting,
            Mail = $"asker{number}@example.test",
            Name = $"Asker {number}",
            Reason = "for work",
            Days = 30,
            AskedAt = now,
            EndsAt = now.AddDays(9),
        })];
        db.AccessRequests.AddRange(people);
        Dictionary<string, Guid> endpoints = await db.ProxyEndpoints.ToDictionaryAsync(row => row.Name, row => row.Id, TestContext.Current.CancellationToken);
        Announcement[] announcements = [.. Enumerable.Range(1, 3).Select(number => new Announcement { EndpointId = endpoints[$"ending{number}"], EndpointName = $"ending{number}", EffectiveAt = now.AddDays(30), CreatedAt = now })];
        db.Announcements.AddRange(announcements);
        byte[] use = VerificationId.Create(now.UtcTicks).ToBytes();
        db.VerificationEvents.Add(new VerificationEvent
        {
            Id = use,
            LastId = use,
            FirstAt = now,
            LastAt = now,
            UserId = users["alice"],
            Login = "alice",
            ProxyName = "open-squid",
            EndpointId = endpoints["ending1"],
            EndpointName = "ending1",
            Scheme = AuthSchemes.Basic,
            Count = 1,
        });
        PacProfile[] profiles = [new() { Name = "branch" }, new() { Name = "spare" }];
        db.PacProfiles.AddRange(profiles);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await portal.Get<SettingsService>().ChangeRegistrationAsync(Actor.Portal, "example.test", byInvitation: true, TestContext.Current.CancellationToken);
        Guid key = (await db.CallerKeys.SingleAsync(row => row.Proxy!.Name == "hq-squid", TestContext.Current.CancellationToken)).Id;
        return new ApiThings(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token"] = (await portal.AddTokenAsync(GeneratedSecret.Create(GeneratedSecret.ApiTokenPrefix), row => row.Scopes = ["users:read"])).Id.ToString(),
            ["verification"] = VerificationId.FromBytes(id).ToString(),
            ["leaver"] = users["leaver"].ToString(),
            ["device"] = (await db.Devices.SingleAsync(row => row.Name == "laptop", TestContext.Current.CancellationToken)).Id.ToString(),
            ["request"] = requests[0].Id.ToString(),
            ["otherRequest"] = requests[1].Id.ToString(),
            ["accessRequest"] = people[0].Id.ToString(),
            ["otherAccessRequest"] = people[1].Id.ToString(),
            ["thirdAccessRequest"] = people[2].Id.ToString(),
            ["thirdRequest"] = requests[2].Id.ToString(),
            ["group"] = (await db.Groups.SingleAsync(row => row.Name == "staff", TestContext.Current.CancellationToken)).Id.ToString(),
            ["spareGroup"] = (await db.Groups.SingleAsync(row => row.Name == "spare", TestContext.Current.CancellationToken)).Id.ToString(),
            ["policy"] = (await db.ExpiryPolicies.SingleAsync(row => row.Name == "contractors", TestContext.Current.CancellationToken)).Id.ToString(),
            ["sparePolicy"] = (await db.ExpiryPolicies.SingleAsync(row => row.Name == "spare", TestContext.Current.CancellationToken)).Id.ToString(),
            ["proxy"] = (await db.Proxies.SingleAsync(row => row.Name == "hq-squid", TestContext.Current.CancellationToken)).Id.ToString(),
            ["spareProxy"] = (await db.Proxies.SingleAsync(row => row.Name == "spare-squid", TestContext.Current.CancellationToken)).Id.ToString(),
            ["endpoint"] = (await db.ProxyEndpoints.SingleAsync(row => row.Name == "hq", TestContext.Current.CancellationToken)).Id.ToString(),
            ["spareEndpoint"] = (await db.ProxyEndpoints.SingleAsync(row => row.Name == "spare", TestContext.Current.CancellationToken)).Id.ToString(),
            ["pacProfile"] = profiles[0].Id.ToString(),
            ["sparePacProfile"] = profiles[1].Id.ToString(),
            ["announcement"] = announcements[0].Id.ToString(),
            ["spareAnnouncement"] = announcements[1].Id.ToString(),
            ["dueAnnouncement"] = announcements[2].Id.ToString(),
            ["key"] = key.ToString(),
            ["mail"] = mails[0].Id.ToString(),
            ["otherMail"] = mails[1].Id.ToString(),
            ["job"] = await AddJobAsync(portal, token),
        });
    }

    /// <summary>A change of many that is over and can be taken back.</summary>
    private static async Task<string> AddJobAsync(PortalHost portal, string token)
    {
        ApiReply job = await portal.PostAsync("/users/bulk", token, """{ "action": "addTag", "tag": "seen", "filter": { "group": "staff" } }""");
        string id = job.Json["id"]!.GetValue<string>();
        await using PortalDbContext db = await portal.OpenDatabaseAsync();
        byte[] digest = SecretDigests.OfKey(token);
        ApiToken row = await db.ApiTokens.SingleAsync(one => one.Digest == digest, TestContext.Current.CancellationToken);
        await portal.Get<UserJobs>().Find(Actor.Of(new TokenGrant(row.Id, row.Name, row.Scopes), null), Guid.Parse(id))!.Completion.WaitAsync(TestContext.Current.CancellationToken);
        return id;
    }

    private readonly Dictionary<string, string> _ids;

    private ApiThings(Dictionary<string, string> ids) => _ids = ids;

    /// <summary>Puts the ids in the place of the words.</summary>
    public string Fill(string text) => _ids.Aggregate(text, (filled, thing) => filled.Replace($"{{{thing.Key}}}", thing.Value, StringComparison.Ordinal));
}
