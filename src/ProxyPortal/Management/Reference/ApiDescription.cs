using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ProxyPortal.Management.Reference;

/// <summary>The OpenApi document of the management API, made from its operations. A test holds it against the committed one.</summary>
internal static class ApiDescription
{
    public const string DocumentName = "v1";
    private const string SchemeName = "apiToken";
    private const string ProblemName = "Problem";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = operation => operation.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
        options.CreateSchemaReferenceId = type => IsGiven(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer(DescribeValueAsync);
        options.AddOperationTransformer(DescribeOperation);
        options.AddDocumentTransformer(DescribeDocument);
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ProxyPortal management API",
            Version = DocumentName,
            Description = "What the pages of the portal can do, for programs. Sends and takes JSON; times are RFC 3339 with an offset; a refusal is problem+json with a code.",
        };
        // Wherever the document was fetched from.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token, made on the page API tokens." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }];
        document.AddComponent(ProblemName, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "A refusal (RFC 9457).",
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, for programs." },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For people." },
                ["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The input at fault, where there is one." },
                ["incident"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Of a failure on the portal's side: also in its log." },
            },
        });
        return Task.CompletedTask;
    }

    private static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (string name in metadata.OfType<ApiQueryFields>().SelectMany(fields => fields.Names).Where(name => operation.Parameters.All(known => known.Name != name)))
            operation.Parameters.Add(Query(name));
        if (HttpMethods.IsPost(context.Description.HttpMethod ?? ""))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 128 },
                Description = "The same call again under the same key, within a day, gets the same answer and does nothing.",
            });
        }
        if (operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out OpenApiMediaType? json)
            && ApiExamples.All.FirstOrDefault(example => example.Operation == operation.OperationId)?.Body is { } body)
            json.Example = JsonNode.Parse(body);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Refused",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ApiProblem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ProblemName, context.Document) } },
        };
        return Task.CompletedTask;
    }

    private static OpenApiParameter Query(string name)
    {
        bool counts = ApiQuery.Paging.Contains(name);
        return new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Schema = new OpenApiSchema { Type = counts ? JsonSchemaType.Integer : JsonSchemaType.String },
            Description = name switch
            {
                "page" => "Counts from 1.",
                "pageSize" => string.Create(CultureInfo.InvariantCulture, $"At most {ApiQuery.LargestPage}."),
                "sort" => "A field; with a hyphen before it from the largest down.",
                _ => null,
            },
        };
    }

    private static bool IsGiven(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Given<>);

    // Types with converters of ours, of which the exporter knows nothing.
    private static async Task DescribeValueAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type type = context.JsonTypeInfo.Type;
        // Of a body; in an answer every member is there.
        if (context is { ParameterDescription: not null, JsonPropertyInfo: null } && schema.Required is { } required)
            required.ExceptWith(context.JsonTypeInfo.Properties.Where(member => !member.IsRequired).Select(member => member.Name));
        if (IsGiven(type))
        {
            OpenApiSchema inner = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancellationToken);
            (schema.Type, schema.Format, schema.Enum, schema.Items, schema.Properties) = (inner.Type, inner.Format, inner.Enum, inner.Items, inner.Properties);
        }
        else if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = Nullable.GetUnderlyingType(type) is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }
    }
}
