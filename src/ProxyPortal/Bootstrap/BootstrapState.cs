using Microsoft.EntityFrameworkCore;
using ProxyPortal.ApiTokens;
using ProxyPortal.Data;
using ProxyPortal.ExpiryPolicies;
using ProxyPortal.Groups;
using ProxyPortal.Proxies;
using ProxyPortal.Users;

namespace ProxyPortal.Bootstrap;

/// <summary>What the database holds of the things a file can name. Users are many, so only those the file names.</summary>
internal sealed class BootstrapState
{
    private const int Batch = 1000;

    public required Dictionary<string, ApiToken> Tokens { get; init; }

    public required Dictionary<string, ExpiryPolicy> Policies { get; init; }

    public required Dictionary<string, Group> Groups { get; init; }

    public required Dictionary<string, Proxy> Proxies { get; init; }

    public required Dictionary<string, ProxyEndpoint> Endpoints { get; init; }

    public Dictionary<string, User> Users { get; } = new(StringComparer.Ordinal);

    public static async Task<BootstrapState> LoadAsync(PortalDbContext db, BootstrapFile file, CancellationToken cancellationToken)
    {
        var state = new BootstrapState
        {
            Tokens = await db.ApiTokens.ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken),
            Policies = await db.ExpiryPolicies.ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken),
            Groups = await db.Groups.Include(row => row.Endpoints).ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken),
            Proxies = await db.Proxies.Include(row => row.CallerKeys).ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken),
            Endpoints = await db.ProxyEndpoints.ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken),
        };
        foreach (string[] names in file.Users.Select(user => user.Input.UserId).Distinct(StringComparer.Ordinal).Chunk(Batch))
        {
            await foreach (User user in db.Users.Include(row => row.Groups).Include(row => row.Devices)
                .Where(row => EF.Parameter(names).Contains(row.NormalizedUserName)).AsAsyncEnumerable().WithCancellation(cancellationToken))
                state.Users[user.NormalizedUserName!] = user;
        }
        return state;
    }
}
