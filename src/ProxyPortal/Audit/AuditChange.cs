using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProxyPortal.Audit;

/// <summary>One field of an entry: its value before and after; null = not set.</summary>
public sealed record AuditChange(string Field, string? Before, string? After)
{
    /// <summary>The fields of two stored states, in the order in which they were written. A field that neither state sets says nothing
    /// and is left out; a state that cannot be read counts as empty.</summary>
    public static IReadOnlyList<AuditChange> Between(string? before, string? after)
    {
        JsonObject was = Read(before);
        JsonObject became = Read(after);
        return [.. was.Select(field => field.Key).Union(became.Select(field => field.Key))
            .Select(field => new AuditChange(field, Say(was[field]), Say(became[field])))
            .Where(change => change.Before is not null || change.After is not null)];
    }

    private static JsonObject Read(string? json)
    {
        try
        {
            return json is null ? [] : JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Say(JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => list.Count == 0 ? "none" : string.Join(", ", list.Select(Say)),
        JsonValue plain when plain.TryGetValue(out bool flag) => flag ? "yes" : "no",
        _ => value.ToString(),
    };
}
