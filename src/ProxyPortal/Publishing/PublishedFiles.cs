using System.Globalization;
using System.Text.Json;
using ProxyPortal.Management;
using ProxyPortal.Publishing.Announcements;
using ProxyPortal.Publishing.Pac;
using ProxyPortal.Settings;
using ProxyPortal.Verification;

namespace ProxyPortal.Publishing;

/// <summary>What strangers fetch, ready to be sent: made anew only when something in it has changed, so that a thousand browsers that ask every few minutes
/// cost nothing. The PAC files are <see cref="PublishedPac"/>'s.</summary>
internal sealed class PublishedFiles(PublishedEndpoints published, PublishedPac pac, PlannedChanges planned, SettingsService settings, VerificationActivity activity, TimeProvider time)
{
    // The same data looks different in another release.
    private static readonly string Release = typeof(PublishedFiles).Module.ModuleVersionId.ToString("N")[..8];
    private volatile Edition? _edition;

    public PublishedFile Json => Current.Json;

    /// <summary>Changes whenever the page for strangers would look different; the languages have tags of their own.</summary>
    public string PageTag(CultureInfo language) => $"W/{Current.Json.ETag[..^1]}-{language.Name}-{Release}\"";

    public DateTimeOffset? LastVerified(ConnectEndpoint endpoint) => activity.LastCallOf(endpoint.ProxyId) is { } living && !(living < endpoint.LastCallAt) ? living : endpoint.LastCallAt;

    /// <summary><c>/connect.json</c> for a reader who may know of these endpoints.</summary>
    public PublishedFile JsonOf(IReadOnlyList<ConnectEndpoint> endpoints) => PublishedFile.Of(
        JsonSerializer.SerializeToUtf8Bytes(ConnectDocument.Of(endpoints, pac.Profiles, planned.Of(endpoints), settings.Current, LastVerified, time.GetUtcNow()), ApiJson.Options), "application/json; charset=utf-8");

    private Edition Current
    {
        get
        {
            // Who was verified last changes all the time: told to the minute.
            long minute = time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
            if (_edition is { } edition && edition.Minute == minute && edition.Endpoints == published.Public && edition.Profiles == pac.Profiles && edition.Planned == planned.Edition && edition.Settings == settings.Current)
                return edition;
            IReadOnlyList<ConnectEndpoint> open = published.Public;
            return _edition = new Edition(open, pac.Profiles, planned.Edition, settings.Current, minute, JsonOf(open));
        }
    }

    private sealed record Edition(IReadOnlyList<ConnectEndpoint> Endpoints, IReadOnlyList<PacProfile> Profiles, object Planned, EffectiveSettings Settings, long Minute, PublishedFile Json);
}
