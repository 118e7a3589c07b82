using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Users;

namespace ProxyPortal.Credentials;

/// <summary>Keeps every secret that a save replaces. It stands where all saves pass, so that no way of setting a secret can forget it.</summary>
internal static class FormerSecretTracker
{
    public static void Record(PortalDbContext db, DateTimeOffset now)
    {
        foreach (EntityEntry<User> entry in db.ChangeTracker.Entries<User>().Where(entry => entry.State is EntityState.Modified).ToList())
        {
            // The same password hashed anew keeps its version.
            if (entry.Property(user => user.PasswordVersion).IsModified && entry.Property(user => user.PasswordHash) is { IsModified: true, OriginalValue: { } hash })
                db.FormerSecrets.Add(Password(entry.Entity, hash, now));
        }
        foreach (EntityEntry<Device> entry in db.ChangeTracker.Entries<Device>().Where(entry => entry.State is EntityState.Modified).ToList())
        {
            PropertyEntry<Device, byte[]> digest = entry.Property(device => device.SecretDigest);
            if (!digest.IsModified || digest.OriginalValue.AsSpan().SequenceEqual(digest.CurrentValue))
                continue;
            db.FormerSecrets.Add(new FormerSecret
            {
                UserId = entry.Entity.UserId,
                DeviceId = entry.Entity.Id,
                Stored = Convert.ToBase64String(digest.OriginalValue),
                ReplacedAt = now,
                ProvesUntil = entry.Entity.FormerSecretProvesUntil,
            });
        }
    }

    /// <summary>The password that a user had, for a save that does not track users.</summary>
    public static FormerSecret Password(User user, string hash, DateTimeOffset now) => new() { UserId = user.Id, Stored = hash, ReplacedAt = now };
}
