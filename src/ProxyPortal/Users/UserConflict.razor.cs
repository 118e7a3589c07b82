using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users;

/// <summary>Two people edited one user: shows where they differ and lets the second one decide.</summary>
public partial class UserConflict
{
    [Parameter, EditorRequired]
    public required UserDraft Mine { get; set; }

    [Parameter, EditorRequired]
    public required UserDetail Newer { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnTake { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnKeep { get; set; }

    private IEnumerable<(string Field, string Theirs, string Mine)> Differences
    {
        get
        {
            (string Field, string Theirs, string Mine)[] all =
            [
                ("Name", Newer.DisplayName, Mine.DisplayName.Trim()),
                ("Mail", Say(Newer.Email), Say(Mine.Email)),
                ("Kind", Newer.Kind.ToString(), Mine.Kind.ToString()),
                ("Portal role", Newer.Role.ToString(), Mine.Role.ToString()),
                ("Valid from", Say(Newer.ValidFrom), Say(Mine.ValidFrom)),
                ("Valid until", Say(Newer.ValidUntil), Say(Mine.ValidUntil)),
                ("Notes", Say(Newer.Notes), Say(Mine.Notes)),
            ];
            return all.Where(row => row.Theirs != row.Mine).DefaultIfEmpty(("Nothing", "the same", "the same"));
        }
    }

    private static string Say(string? text) => string.IsNullOrWhiteSpace(text) ? "—" : text.Trim();

    private static string Say(DateTimeOffset? at) => at?.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "—";
}
