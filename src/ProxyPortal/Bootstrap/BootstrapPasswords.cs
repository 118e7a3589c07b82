using System.Collections.Concurrent;
using System.Text;
using ProxyPortal.Credentials;
using ProxyPortal.Users;

namespace ProxyPortal.Bootstrap;

/// <summary>Finds which passwords of the file are new, and hashes them, on every core: a hash is slow on purpose. A password is new when
/// the file has not given it before: what somebody chose in the portal since then stays.</summary>
internal sealed class BootstrapPasswords(PasswordHashing hashing)
{
    /// <returns>The hash of each password that the file gives for the first time, by user-id; hashes of the file as they are.</returns>
    public Task<IReadOnlyDictionary<string, string>> HashAsync(BootstrapFile file, BootstrapState state, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyDictionary<string, string>>(() =>
        {
            var hashes = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            Parallel.ForEach(file.Users.Where(user => user.Password is not null), options, wanted =>
            {
                if (HashOfNew(state.Users.GetValueOrDefault(wanted.Input.UserId), wanted.Password!) is { } hash)
                    hashes[wanted.Input.UserId] = hash;
            });
            // Not again later: by then the portal holds the same password in its own form, or another one that its owner chose.
            foreach (BootstrapUser wanted in file.Users.Where(user => user.PasswordHash is not null && state.Users.GetValueOrDefault(user.Input.UserId) is null or { PasswordHash: null, DeletedAt: null }))
                hashes[wanted.Input.UserId] = wanted.PasswordHash!;
            return hashes;
        }, cancellationToken);

    private string? HashOfNew(User? user, byte[] password)
    {
        if (user?.DeletedAt is not null || Holds(user?.BootstrapPasswordHash, password))
            return null;
        // Chosen in the portal and then written into the file: the same password, from now on the file's too.
        return Holds(user?.PasswordHash, password) ? user!.PasswordHash : hashing.Hash(password);
    }

    private bool Holds(string? stored, byte[] password) =>
        stored is not null && hashing.Verify(Encoding.ASCII.GetBytes(stored), password) is SecretMatch.Match or SecretMatch.MatchRehashNeeded;
}
