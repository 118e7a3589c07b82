using Microsoft.OpenApi;

namespace ProxyPortal.Management.Reference;

/// <summary>An operation as the reference page shows it.</summary>
public sealed record ReferenceOperation(
    string Name, string Method, string Path, string Summary, string? Description, IReadOnlyList<ReferenceField> Parameters, IReadOnlyList<ReferenceField> Body,
    IReadOnlyList<ReferenceAnswer> Answers, ApiExample? Example);

/// <summary>A parameter, or a member of a body.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Place"><c>path</c>, <c>query</c>, <c>header</c>; empty for members.</param>
/// <param name="Type">In a word or two.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Description">A sentence; null when the name says all.</param>
public sealed record ReferenceField(string Name, string Place, string Type, bool IsRequired, string? Description);

/// <summary>An answer: its status, media type and members.</summary>
public sealed record ReferenceAnswer(string Status, string Meaning, string? MediaType, IReadOnlyList<ReferenceField> Members);

/// <summary>Makes the operations of the page from the document, so that neither can say what the other does not.</summary>
internal static class ReferenceModel
{
    /// <summary>By tag, in the order of the document.</summary>
    public static IReadOnlyList<(string Tag, IReadOnlyList<ReferenceOperation> Operations)> Of(OpenApiDocument document) =>
    [
        .. from path in document.Paths
           from operation in path.Value.Operations ?? []
           let tag = operation.Value.Tags?.FirstOrDefault()?.Name ?? "Other"
           group Describe(path.Key, operation.Key, operation.Value) by tag into tagged
           select (tagged.Key, (IReadOnlyList<ReferenceOperation>)[.. tagged]),
    ];

    private static ReferenceOperation Describe(string path, HttpMethod method, OpenApiOperation operation) => new(
        operation.OperationId ?? path, method.Method, path, operation.Summary ?? "", operation.Description,
        [.. (operation.Parameters ?? []).Select(parameter => new ReferenceField(
            parameter.Name ?? "", parameter.In?.ToString().ToLowerInvariant() ?? "", TypeOf(parameter.Schema), parameter.Required, parameter.Description))],
        Members(operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema),
        [.. (operation.Responses ?? []).Select(answer => new ReferenceAnswer(
            answer.Key, answer.Value.Description ?? "", answer.Value.Content?.Keys.FirstOrDefault(), Members(answer.Value.Content?.Values.FirstOrDefault()?.Schema)))],
        ApiExamples.All.FirstOrDefault(example => example.Operation == operation.OperationId));

    private static IReadOnlyList<ReferenceField> Members(IOpenApiSchema? schema) =>
    [
        .. from member in schema?.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
           select new ReferenceField(member.Key, "", TypeOf(member.Value), schema!.Required?.Contains(member.Key) is true, member.Value.Description),
    ];

    private static string TypeOf(IOpenApiSchema? schema)
    {
        if (schema is null)
            return "";
        if (schema.Enum is { Count: > 0 } words)
            return string.Join(" | ", words.Where(word => word is not null).Select(word => word.ToString()));
        JsonSchemaType type = schema.Type ?? default;
        string name = type.HasFlag(JsonSchemaType.Array) ? $"list of {TypeOf(schema.Items)}"
            : schema.Format is "date-time" ? "time" : schema.Format is "uuid" ? "id"
            : type.HasFlag(JsonSchemaType.String) ? "text" : type.HasFlag(JsonSchemaType.Boolean) ? "true or false"
            : type.HasFlag(JsonSchemaType.Integer) ? "whole number" : type.HasFlag(JsonSchemaType.Number) ? "number"
            : schema is OpenApiSchemaReference { Reference.Id: { } id } ? id : "object";
        return type.HasFlag(JsonSchemaType.Null) ? $"{name} or null" : name;
    }
}
