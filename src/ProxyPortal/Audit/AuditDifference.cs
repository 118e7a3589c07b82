using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProxyPortal.Audit;

/// <summary>What an entry tells of a change, as JSON: of two records only what differs.</summary>
internal static class AuditDifference
{
    // Stored as people read it: "ü" stays "ü". The pages encode on output.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>One alone in full; of two what the other does not have, or has otherwise.</summary>
    public static (string? Before, string? After) Of(object? before, object? after) =>
        before is null || after is null ? (Whole(before), Whole(after)) : (Part(before, after), Part(after, before));

    private static string? Whole(object? record) => record is null ? null : JsonSerializer.Serialize(record, record.GetType(), Json);

    // Most changes are of one property among twenty: values are compared, and only what differs is written.
    private static string Part(object record, object other)
    {
        IList<JsonPropertyInfo> others = Properties(other);
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = Json.Encoder }))
        {
            writer.WriteStartObject();
            foreach (JsonPropertyInfo property in Properties(record))
            {
                object? value = property.Get!(record);
                if (others.FirstOrDefault(one => one.Name == property.Name) is { } same && AreSame(value, same.Get!(other)))
                    continue;
                writer.WritePropertyName(property.Name);
                JsonSerializer.Serialize(writer, value, property.PropertyType, Json);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    // Lists, and records that hold some, are the same when they read the same.
    private static bool AreSame(object? one, object? other) =>
        Equals(one, other) || (one is not (null or string or ValueType) && other is not null && Whole(one) == Whole(other));

    private static IList<JsonPropertyInfo> Properties(object record) => Json.GetTypeInfo(record.GetType()).Properties;
}
