using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using ProxyPortal.Data;
using ProxyPortal.Settings;

namespace ProxyPortal.Publishing.Pac;

/// <summary>The PAC files in memory. Each is made when it is first asked for after a profile, an endpoint or a setting has changed, and not again.</summary>
internal sealed class PublishedPac(PublishedEndpoints published, SettingsService settings) : IPublicationFollower
{
    private volatile IReadOnlyList<PacProfile> _profiles = [];
    private volatile Edition? _edition;

    /// <summary>By name; another list whenever one of them has changed.</summary>
    public IReadOnlyList<PacProfile> Profiles => _profiles;

    /// <summary><c>/proxy.pac</c> and <c>/wpad.dat</c>.</summary>
    public PacFile Default => Current.Default.Value;

    /// <param name="name">Of a profile; case does not count, as in all addresses.</param>
    public PacFile? Find(ReadOnlySpan<char> name) => Current.ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Lazy<PacFile>? file) ? file.Value : null;

    public async Task ReloadAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        _profiles = await db.PacProfiles.AsNoTracking().OrderBy(profile => profile.Name).ToListAsync(cancellationToken);

    private Edition Current
    {
        get
        {
            if (_edition is { } edition && edition.Profiles == _profiles && edition.Endpoints == published.Public && edition.Settings == settings.Current)
                return edition;
            return _edition = Make(_profiles, published.Public, settings.Current);
        }
    }

    private static Edition Make(IReadOnlyList<PacProfile> profiles, IReadOnlyList<ConnectEndpoint> open, EffectiveSettings settings)
    {
        FrozenDictionary<string, Lazy<PacFile>> files = profiles.ToFrozenDictionary(
            profile => profile.Name, profile => new Lazy<PacFile>(() => PacFile.Of(PacPlans.Of(profile, open, settings))), StringComparer.OrdinalIgnoreCase);
        Lazy<PacFile> standard = profiles.FirstOrDefault(profile => profile.IsDefault) is { } chosen ? files[chosen.Name] : new Lazy<PacFile>(() => PacFile.Of(PacPlans.OfAll(open, settings)));
        return new Edition(profiles, open, settings, standard, files);
    }

    private sealed record Edition(IReadOnlyList<PacProfile> Profiles, IReadOnlyList<ConnectEndpoint> Endpoints, EffectiveSettings Settings, Lazy<PacFile> Default, FrozenDictionary<string, Lazy<PacFile>> ByName);
}
