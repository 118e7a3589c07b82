using System.Security.Claims;

namespace ProxyPortal.Components.Layout;

/// <summary>Who is signed in, as far as the shell shows it: from claims alone, never from the database.</summary>
/// <param name="UserId">The name used to sign in.</param>
/// <param name="DisplayName">The name people know; the user-id when there is none.</param>
/// <param name="Role">"Administrator", "Operator", "Auditor", or null for a person without a role.</param>
public sealed record ShellUser(string UserId, string DisplayName, string? Role)
{
    public const string Administrator = "Administrator";
    public const string Operator = "Operator";
    public const string Auditor = "Auditor";

    public static ShellUser Nobody { get; } = new("", "Not signed in", null);

    private static readonly string[] RolesByRank = [Administrator, Operator, Auditor];

    public bool IsSignedIn => UserId.Length > 0;

    public string Initials => string.Concat(
        DisplayName.Split([' ', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Take(2).Select(word => char.ToUpperInvariant(word[0])));

    public static ShellUser From(ClaimsPrincipal? principal)
    {
        if (principal?.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } userId })
            return Nobody;

        string? given = principal.FindFirstValue(ClaimTypes.GivenName);
        string? role = RolesByRank.FirstOrDefault(known => principal.HasClaim(ClaimTypes.Role, known));
        return new ShellUser(userId, string.IsNullOrWhiteSpace(given) ? userId : given, role);
    }
}
