using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProxyPortal.Management;

/// <summary>How the API reads and writes JSON: names and enums in camelCase, nothing that it does not know, no numbers in quotes, times with
/// their offset.</summary>
internal static class ApiJson
{
    public const int Depth = 16;

    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(RequireWhatCannotBeNull);
        options.MaxDepth = Depth;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new GivenConverterFactory());
        options.Converters.Add(new ApiTimeConverter());
        return options;
    }

    // A member of a body must be named when nothing would stand in for it: text and lists that may not be null. Others have a default.
    private static void RequireWhatCannotBeNull(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
            property.IsRequired &= property.AssociatedParameter is not { } parameter || (!parameter.IsNullable && !property.PropertyType.IsValueType);
    }
}
