using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProxyPortal.Core;

namespace ProxyPortal.Management;

/// <summary>Points in time on the wire: RFC 3339 with <c>Z</c> or an offset. A local time would mean another moment on another server.</summary>
internal static class ApiTime
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] is ':'))
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    public static Error Invalid(string field) =>
        new($"{field}_invalid", $"{field} is a date and time with its offset, such as 2026-12-31T17:00:00Z or 2026-12-31T18:00:00+01:00 (in a query, + is written %2B).", field);
}

/// <summary>Of <see cref="ApiTime"/>, in bodies.</summary>
internal sealed class ApiTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && ApiTime.TryParse(reader.GetString(), out DateTimeOffset time) ? time : throw new ApiTimeException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}

/// <summary>A member that should be a time is none; the serializer adds which.</summary>
internal sealed class ApiTimeException() : JsonException("Not a time with its offset.");
