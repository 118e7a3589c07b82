using Microsoft.AspNetCore.Identity;
using ProxyPortal.Audit;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Users;

namespace ProxyPortal.Bootstrap;

/// <summary>Brings users and their devices to what the file says. Those in the bin stay there: someone put them there after the file was written.</summary>
internal sealed class BootstrapUserWriter(
    PortalDbContext db, BootstrapState state, BootstrapJournal journal, SecretKeys keys, ILookupNormalizer normalizer,
    IReadOnlyDictionary<string, string> hashes, DateTimeOffset now)
{
    public void Write(BootstrapUser wanted)
    {
        bool isNew = !state.Users.TryGetValue(wanted.Input.UserId, out User? user);
        if (user?.DeletedAt is not null)
            return;
        user ??= Create(wanted.Input.UserId);
        UserState before = UserState.Of(user);
        Apply(user, wanted);
        bool passwordSet = SetPassword(user);
        UserState after = UserState.Of(user);
        // Open sessions look at the stamp: they must notice another password, role or mail address.
        if (!isNew && (passwordSet || before.Role != after.Role || before.Email != after.Email))
            user.SecurityStamp = Guid.CreateVersion7().ToString();
        var target = new AuditTarget("user", user.Id, user.UserName!);
        // The devices of a new user stand in the user's own entry: an entry for each would be most of a large first run.
        journal.Saved(isNew, AuditAction.UserCreated, AuditAction.UserChanged, target, before,
            isNew ? after with { Devices = string.Join(' ', wanted.Devices.Select(device => device.Name)) } : after);
        if (passwordSet && !isNew)
            journal.Changed(AuditAction.PasswordSet, target, null, null);
        foreach (BootstrapDevice device in wanted.Devices)
            Write(user, device, isNew);
    }

    private bool SetPassword(User user)
    {
        if (!hashes.TryGetValue(user.NormalizedUserName!, out string? hash))
            return false;
        user.BootstrapPasswordHash = hash;
        if (user.PasswordHash == hash)
        {
            journal.Note();
            return false;
        }
        (user.PasswordHash, user.PasswordVersion, user.PasswordSetAt, user.PasswordRevokedAt) = (hash, user.PasswordVersion + 1, now, null);
        return true;
    }

    private User Create(string userId)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = userId,
            NormalizedUserName = userId,
            DisplayName = userId,
            CreatedAt = now,
            SecurityStamp = Guid.CreateVersion7().ToString(),
            LockoutEnabled = false,
        };
        db.Users.Add(user);
        return user;
    }

    private void Apply(User user, BootstrapUser wanted)
    {
        UserInput input = wanted.Input;
        if (wanted.Named.Contains("displayName"))
            user.DisplayName = input.DisplayName.Trim() is { Length: > 0 } name ? name : user.UserName!;
        if (wanted.Named.Contains("email"))
        {
            user.Email = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim();
            user.NormalizedEmail = normalizer.NormalizeEmail(user.Email);
        }
        if (wanted.Named.Contains("kind"))
            user.Kind = input.Kind;
        if (wanted.Named.Contains("validFrom"))
            user.ValidFrom = input.ValidFrom?.ToUniversalTime();
        if (wanted.Named.Contains("validUntil"))
            user.ValidUntil = input.ValidUntil?.ToUniversalTime();
        if (wanted.IsAdministrator)
        {
            user.Role = PortalRole.Administrator;
            user.RequireSecondFactor = wanted.RequireSecondFactor.Or(user.RequireSecondFactor);
        }
        if (!wanted.Groups.IsNamed)
            return;
        HashSet<string> names = [.. wanted.Groups.Value ?? []];
        user.Groups.RemoveAll(group => !names.Contains(group.Name));
        user.Groups.AddRange(names.Except(user.Groups.Select(group => group.Name)).Select(name => state.Groups[name]));
    }

    private void Write(User user, BootstrapDevice wanted, bool isNewUser)
    {
        byte[] digest = SecretDigests.OfDeviceSecret(keys.DeviceKey, wanted.Secret);
        Device? device = user.Devices.Find(row => row.Name == wanted.Name);
        string login = $"{user.UserName}{LoginName.DeviceSeparator}{wanted.Name}";
        if (device is null)
        {
            device = new Device { UserId = user.Id, Name = wanted.Name, State = DeviceState.Approved, SecretDigest = digest, SecretIssuedAt = now, CreatedAt = now };
            Bind(device, wanted);
            db.Devices.Add(device);
            journal.Created(AuditAction.DeviceCreated, isNewUser ? null : new AuditTarget("device", device.Id, login), new { device.Name });
            return;
        }
        bool sameSecret = device.SecretDigest.AsSpan().SequenceEqual(digest);
        if (!Bind(device, wanted) && sameSecret)
            return;
        if (!sameSecret)
            (device.SecretDigest, device.SecretIssuedAt, device.SecretRevokedAt) = (digest, now, null);
        journal.Changed(AuditAction.DeviceChanged, new AuditTarget("device", device.Id, login), null, new { SecretReplaced = !sameSecret });
    }

    /// <returns>Whether something changed.</returns>
    private bool Bind(Device device, BootstrapDevice wanted)
    {
        (List<Guid> endpoints, AuthSchemes? schemes, List<string> networks) = (device.Endpoints, device.Schemes, device.Networks);
        if (wanted.Endpoints.IsNamed)
            device.Endpoints = [.. (wanted.Endpoints.Value ?? []).Select(name => state.Endpoints[name].Id)];
        device.Schemes = wanted.Schemes.Or(device.Schemes);
        if (wanted.Networks.IsNamed)
            device.Networks = [.. wanted.Networks.Value ?? []];
        return !endpoints.SequenceEqual(device.Endpoints) || schemes != device.Schemes || !networks.SequenceEqual(device.Networks);
    }

    private sealed record UserState(
        string UserName, string DisplayName, string? Email, string Kind, string Role, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, bool? RequireSecondFactor, string Groups,
        string? Devices = null)
    {
        public static UserState Of(User row) => new(
            row.UserName!, row.DisplayName, row.Email, row.Kind.ToString(), row.Role.ToString(), row.ValidFrom, row.ValidUntil, row.RequireSecondFactor,
            string.Join(' ', row.Groups.Select(group => group.Name).Order(StringComparer.Ordinal)));
    }
}
