using System.Text.Json;

namespace ProxyPortal.Users.Views;

/// <summary>A filter and order of the list under a name.</summary>
/// <param name="Name">As somebody called it.</param>
/// <param name="Url">Where the list is that it means.</param>
public sealed record SavedUserView(string Name, string Url);

/// <summary>How one person likes the list of users: saved views, and the columns that are shown.</summary>
/// <param name="Views">By name.</param>
/// <param name="Columns">Codes of <see cref="UserColumns"/>; null = the usual ones.</param>
public sealed record UserListChoices(IReadOnlyList<SavedUserView> Views, IReadOnlyList<string>? Columns)
{
    public const int MostViews = 20;
    public const int LongestName = 40;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static UserListChoices None { get; } = new([], null);

    public bool Shows(string column) => (Columns ?? UserColumns.Usual).Contains(column, StringComparer.Ordinal);

    /// <summary>With the view under this name, which replaces one of the same name.</summary>
    public UserListChoices With(string name, UserListView view) => this with
    {
        Views = [.. Views.Where(saved => saved.Name != name).Append(new SavedUserView(name, view.At(1, view.PageSize).Url)).OrderBy(saved => saved.Name, StringComparer.CurrentCultureIgnoreCase)],
    };

    public UserListChoices Without(string name) => this with { Views = [.. Views.Where(saved => saved.Name != name)] };

    public UserListChoices Showing(string column, bool shown) => this with
    {
        Columns = [.. UserColumns.All.Select(known => known.Code).Where(code => code == column ? shown : Shows(code))],
    };

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>What the browser kept. Anybody at that browser can have changed it, so what is no view of this list is left out.</summary>
    public static UserListChoices Read(string? text)
    {
        try
        {
            UserListChoices? read = string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<UserListChoices>(text, Json);
            return new UserListChoices(
                [.. (read?.Views ?? []).Where(saved => saved is { Name.Length: > 0 and <= LongestName, Url: not null } && IsOfThisList(saved.Url)).Take(MostViews)],
                read?.Columns is { } columns ? [.. UserColumns.All.Select(known => known.Code).Where(columns.Contains)] : null);
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static bool IsOfThisList(string url) => url == PortalUrls.Users() || url.StartsWith(PortalUrls.Users() + "?", StringComparison.Ordinal);
}

/// <summary>The columns of the list besides the user-id, which is always there.</summary>
public static class UserColumns
{
    public const string Name = "name";
    public const string Email = "email";
    public const string Status = "status";
    public const string ValidUntil = "validUntil";
    public const string Groups = "groups";
    public const string Tags = "tags";
    public const string LastSeen = "lastSeen";
    public const string CreatedAt = "createdAt";

    public static IReadOnlyList<(string Code, string Words)> All { get; } =
        [(Name, "Name"), (Email, "Mail"), (Status, "Status"), (ValidUntil, "Valid until"), (Groups, "Groups"), (Tags, "Tags"), (LastSeen, "Last seen"), (CreatedAt, "Created")];

    public static IReadOnlyList<string> Usual { get; } = [Name, Status, ValidUntil, Groups, LastSeen];
}
