using System.Collections.Concurrent;
using System.Text;
using ProxyPortal.Credentials;
using ProxyPortal.Users;

namespace ProxyPortal.Bootstrap;

/// <summary>Finds which passwords differ from those stored and hashes them, on every core: a hash is slow on purpose.</summary>
internal sealed class BootstrapPasswords(PasswordHashing hashing)
{
    /// <returns>The new hash of each user whose password is not the one of the file, by user-id; hashes of the file as they are.</returns>
    public Task<IReadOnlyDictionary<string, string>> HashAsync(BootstrapFile file, BootstrapState state, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyDictionary<string, string>>(() =>
        {
            var hashes = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            Parallel.ForEach(file.Users.Where(user => user.Password is not null), options, wanted =>
            {
                User? present = state.Users.GetValueOrDefault(wanted.Input.UserId);
                if (present?.DeletedAt is null && !Holds(present, wanted.Password!))
                    hashes[wanted.Input.UserId] = hashing.Hash(wanted.Password);
            });
            // Not again later: by then the portal holds the same password in its own form, or another one that its owner chose.
            foreach (BootstrapUser wanted in file.Users.Where(user => user.PasswordHash is not null && state.Users.GetValueOrDefault(user.Input.UserId) is null or { PasswordHash: null, DeletedAt: null }))
                hashes[wanted.Input.UserId] = wanted.PasswordHash!;
            return hashes;
        }, cancellationToken);

    private bool Holds(User? user, byte[] password) =>
        user?.PasswordHash is { } stored && hashing.Verify(Encoding.ASCII.GetBytes(stored), password) is SecretMatch.Match or SecretMatch.MatchRehashNeeded;
}
