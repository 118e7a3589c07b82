using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace ProxyPortal.Tests.Verification;

/// <summary>An answer of the verify listener, taken apart.</summary>
internal sealed partial record VerifyReply(int Status, string? ContentType, string Headers, string Body)
{
    private readonly JsonElement? _json = Body.Length == 0 ? null : JsonDocument.Parse(Body).RootElement;

    public string? Result => this["result"];

    public string? Code => this["code"];

    public string? this[string property] => _json is { } json && json.TryGetProperty(property, out JsonElement value) ? value.ToString() : null;

    /// <summary>Everything that the caller sees except what is unique to each answer.</summary>
    public string WithoutId => $"{Status} {Headers}\n{Id().Replace(Body, "")}";

    public static async Task<VerifyReply> FromAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType,
        string.Join('\n', response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal)),
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex("\"id\":\"[0-9A-Z]{26}\"")]
    private static partial Regex Id();
}
