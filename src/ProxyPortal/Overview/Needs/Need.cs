using ProxyPortal.Access;
using ProxyPortal.Components.Theme;
using ProxyPortal.Data;

namespace ProxyPortal.Overview.Needs;

/// <summary>Something that waits for a person, and where it is dealt with.</summary>
/// <param name="Title">One line with the number in it.</param>
/// <param name="Detail">Why it matters, or what helps.</param>
/// <param name="Url">The list behind it, filtered.</param>
/// <param name="Icon">An outlined icon.</param>
/// <param name="Tone">How much it presses.</param>
public sealed record Need(string Title, string Detail, string Url, string Icon, StatusTone Tone);

/// <summary>Tells one kind of <see cref="Need"/>; each slice knows its own.</summary>
public interface INeedSource
{
    /// <summary>Who may see it.</summary>
    Permission Needs { get; }

    /// <param name="db">To ask.</param>
    /// <param name="scope">Of whom the actor may hear.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>Null when nothing waits.</returns>
    Task<Need?> FindAsync(PortalDbContext db, RoleScope scope, DateTimeOffset now, CancellationToken cancellationToken);
}
