using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Data;
using ProxyPortal.Proxies;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Makes an announcement of what was typed, or says what is wrong with it.</summary>
internal sealed class AnnouncementReading(PortalDbContext db, DateTimeOffset now)
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(3 * 365);

    public async Task<Result<Announcement>> ReadAsync(AnnouncementInput input, CancellationToken cancellationToken)
    {
        if (await FindAsync(input.Endpoint, cancellationToken) is not { } old)
            return new Error("endpoint_unknown", "Choose one of the endpoints.", "endpoint");
        ProxyEndpoint? replacement = null;
        if (!string.IsNullOrWhiteSpace(input.Replacement) && (replacement = await FindAsync(input.Replacement, cancellationToken)) is null)
            return new Error("endpoint_unknown", "Choose one of the endpoints, or none.", "replacement");
        if (replacement?.Id == old.Id)
            return new Error("replacement_same", "An endpoint cannot take its own place. Choose another one, or the schemes that end.", "replacement");
        Result<AuthSchemes> schemes = Schemes(input.EndingSchemes, old, replacement);
        if ((schemes.Error ?? CheckWords(input, now)) is { } fault)
            return fault;
        if (await db.Announcements.AnyAsync(row => row.RetiredAt == null && (row.EndpointId == old.Id || (replacement != null && row.EndpointId == replacement.Id)), cancellationToken))
            return new Error("already_announced", "A change of this endpoint, or of the one that takes its place, is announced already. Carry that out first, or withdraw it.", "endpoint");
        return new Announcement
        {
            EndpointId = old.Id,
            Endpoint = old,
            EndpointName = old.Name,
            ReplacementId = replacement?.Id,
            Replacement = replacement,
            EndingSchemes = schemes.Value,
            EffectiveAt = input.EffectiveAt!.Value,
            Comment = TextOrNull(input.Comment),
            RetiresByItself = input.RetiresByItself,
            CreatedAt = now,
        };
    }

    /// <summary>What may be changed later too.</summary>
    public static Error? CheckWords(AnnouncementInput input, DateTimeOffset now)
    {
        if (input.EffectiveAt is not { } at)
            return new Error("date_missing", "Say when the old way ends.", "effectiveAt");
        if (at <= now || at > now + Farthest)
            return new Error("date_invalid", "Choose a time that is still ahead, and within three years.", "effectiveAt");
        return input.Comment?.Length > AnnouncementConfiguration.CommentLength || input.Comment?.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')) is true
            ? new Error("comment_invalid", $"A comment has at most {AnnouncementConfiguration.CommentLength} characters, and no control characters.", "comment") : null;
    }

    public static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private Task<ProxyEndpoint?> FindAsync(string name, CancellationToken cancellationToken) => db.ProxyEndpoints.SingleOrDefaultAsync(row => row.Name == name, cancellationToken);

    private static Result<AuthSchemes> Schemes(IReadOnlyList<string> names, ProxyEndpoint old, ProxyEndpoint? replacement)
    {
        AuthSchemes ending = AuthSchemes.None;
        foreach (string name in names)
        {
            if (!AuthScheme.TryParse(name, out AuthSchemes scheme) || !old.Schemes.HasFlag(scheme))
                return new Error("scheme_unknown", "Choose schemes that the endpoint offers now.", "endingSchemes");
            ending |= scheme;
        }
        if (ending == old.Schemes && replacement is null)
            return new Error("schemes_all", "With its last scheme nobody could sign in there any more. Leave one, or let the endpoint itself end.", "endingSchemes");
        return ending is not AuthSchemes.None && replacement is not null
            ? new Error("schemes_and_replacement", "Either another endpoint takes its place, or schemes end at it: announce one of the two.", "endingSchemes") : ending;
    }
}
