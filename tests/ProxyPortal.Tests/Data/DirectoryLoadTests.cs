using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Groups;
using ProxyPortal.Users;
using ProxyPortal.Verification;
using Xunit;

namespace ProxyPortal.Tests.Data;

/// <summary>The full load reads rows by hand, a change reads them through EF: both have to come to the same models.</summary>
public sealed class DirectoryLoadTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadAll_OfEveryKindOfUserAndDevice_GivesWhatChangesGave()
    {
        await using PortalHost server = await PortalHost.PrepareAsync();
        await using (PortalDbContext db = await server.OpenDatabaseAsync())
        {
            User[] users = [Person("plain"), Person("binned"), Person("rich"), Person("alone"), Person("officer")];
            (users[0].PasswordHash, users[0].SuspendedAt) = ("$x$", Noon);
            users[1].DeletedAt = Noon;
            (users[2].ValidFrom, users[2].ValidUntil, users[2].PasswordHash, users[2].PasswordSetAt, users[2].PasswordRevokedAt, users[2].MustChangePassword, users[2].LastUsedAt, users[2].PasswordVersion) =
                (Noon, Noon.AddYears(1), "$y$", Noon.AddHours(1), Noon.AddHours(2), true, Noon.AddHours(3), 7);
            (users[4].PasswordHash, users[4].Role) = ("$z$", PortalRole.Operator);
            db.Users.AddRange(users);
            foreach (User owner in users[..3])
            {
                db.Devices.Add(Machine(owner, "laptop"));
                db.Devices.Add(Machine(owner, "phone"));
            }
            Device bound = Machine(users[2], "tablet");
            (bound.Networks, bound.Schemes, bound.State, bound.ExpiresAt, bound.SecretRevokedAt, bound.LastUsedAt) = (["192.0.2.0/24"], AuthSchemes.Basic, DeviceState.Revoked, Noon, Noon, Noon);
            db.Devices.Add(bound);
            db.Groups.Add(WithMembers("staff", users[0], users[1], users[2]));
            db.Groups.Add(WithMembers("guests", users[2]));
            await db.SaveChangesAsync(Token);
        }
        var loaded = new DirectoryIndex();
        await new DirectoryIndexLoader(server.Get<IDbContextFactory<PortalDbContext>>(), loaded, []).LoadAllAsync(Noon, Token);

        DirectoryIndex changed = server.Get<DirectoryIndex>();
        Assert.Equal(changed.UserCount, loaded.UserCount);
        Assert.Null(loaded.FindUser("binned"));
        foreach (string name in (string[])["plain", "rich", "alone", "officer"])
            Assert.Equal(Described(changed.FindUser(name)!), Described(loaded.FindUser(name)!));
        Assert.Equal(3, loaded.FindUser("rich")!.Devices.Length);
        Assert.NotNull(loaded.FindUser("rich")!.FindDevice("tablet")!.Binding);
    }

    private static string Hex(DigestBytes digest) => Convert.ToHexString(digest);

    private static User Person(string name) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = name,
        NormalizedUserName = name,
        DisplayName = name,
        SecurityStamp = "x",
        CreatedAt = Noon,
    };

    private static Device Machine(User owner, string name) => new()
    {
        UserId = owner.Id,
        Name = name,
        SecretDigest = SecretDigests.OfKey(owner.UserName + name),
        SecretIssuedAt = Noon,
    };

    private static Group WithMembers(string name, params User[] users)
    {
        var group = new Group { Name = name };
        group.Users.AddRange(users);
        return group;
    }

    private static string Described(UserModel user) => JsonSerializer.Serialize(new
    {
        user.Id,
        user.UserId,
        user.PasswordVersion,
        user.PasswordHash,
        user.Suspended,
        user.ValidFrom,
        user.ValidUntil,
        user.UsableSince,
        user.LastUsedAt,
        user.PasswordSetAt,
        user.PasswordRevoked,
        user.MustChangePassword,
        user.Access.Now.Groups,
        Devices = user.Devices.OrderBy(device => device.Name, StringComparer.Ordinal).Select(device => new
        {
            device.Id,
            device.Name,
            device.State,
            Digest = Hex(device.SecretDigest),
            device.SecretRevoked,
            device.LastUsedAt,
            device.ExpiresAt,
            device.SecretIssuedAt,
            Bound = device.Binding is { } binding ? binding.Schemes.ToString() + binding.Networks.Contains(System.Net.IPAddress.Parse("192.0.2.1")) : null,
        }),
    });
}
