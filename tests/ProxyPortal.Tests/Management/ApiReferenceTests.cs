using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProxyPortal.Management.Reference;
using Xunit;

namespace ProxyPortal.Tests.Management;

/// <summary>The OpenApi document, the page made from it, and the examples in it. Run with <c>PORTAL_WRITE_OPENAPI=1</c> to renew
/// <c>docs/api/openapi.json</c> after a change of the API.</summary>
public sealed class ApiReferenceTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private PortalHost _portal = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Document_IsTheCommittedOne()
    {
        string document = (await DocumentAsync()).ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        string path = Path.Combine(Root(), "docs", "api", "openapi.json");
        if (Environment.GetEnvironmentVariable("PORTAL_WRITE_OPENAPI") == "1")
            await File.WriteAllTextAsync(Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName + "/openapi.json", document, None);
        Assert.Equal((await File.ReadAllTextAsync(path, None)).ReplaceLineEndings("\n"), document);
    }

    [Fact]
    public async Task Operations_SayTheirNameAndSummary_AndHaveAnExampleEach()
    {
        List<(string Method, string Path, JsonNode Operation)> operations = [.. Operations(await DocumentAsync())];
        Assert.NotEmpty(operations);
        Assert.All(operations, one => Assert.False(string.IsNullOrEmpty(one.Operation["operationId"]?.GetValue<string>()) || string.IsNullOrEmpty(one.Operation["summary"]?.GetValue<string>()), $"{one.Method} {one.Path}"));
        Assert.Equal(operations.Select(one => one.Operation["operationId"]!.GetValue<string>()).Order(StringComparer.Ordinal), ApiExamples.All.Select(example => example.Operation).Order(StringComparer.Ordinal));
    }

    // A list whose query is not declared would be missing in the document.
    [Fact]
    public async Task Lists_DeclareTheirQuery() => Assert.All(
        Operations(await DocumentAsync()).Where(one => one.Operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]?["$ref"]?.GetValue<string>().Contains("/ApiPageOf", StringComparison.Ordinal) is true),
        one => Assert.Contains(one.Operation["parameters"]!.AsArray(), parameter => parameter!["name"]!.GetValue<string>() == "page"));

    [Fact]
    public async Task Examples_AllWork()
    {
        Dictionary<string, (string Method, string Path, JsonNode Operation)> operations = Operations(await DocumentAsync()).ToDictionary(one => one.Operation["operationId"]!.GetValue<string>());
        string token = await _portal.AddTokenAsync("*");
        ApiThings things = await ApiThings.AddAsync(_portal, token);
        foreach (ApiExample example in ApiExamples.All)
        {
            (string method, _, JsonNode operation) = operations[example.Operation];
            string address = things.Fill(example.Address);
            Assert.DoesNotContain("{", address, StringComparison.Ordinal);
            using StringContent? body = example.Body is null ? null : new StringContent(things.Fill(example.Body), System.Text.Encoding.UTF8, example.MediaType);
            ApiReply reply = await _portal.SendAsync(new HttpMethod(method), address, token, body);
            string status = ((int)reply.Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(status[0] == '2' && operation["responses"]![status] is not null, $"{example.Operation}: {status} {reply.Text}");
        }
    }

    [Fact]
    public async Task Page_ShowsEveryOperationToAnyone_WithoutScriptsFromElsewhere()
    {
        using HttpClient visitor = _portal.Browser();
        using HttpResponseMessage response = await visitor.GetAsync(PortalUrls.ApiReference, None);
        string page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(None));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.All(Operations(await DocumentAsync()), one =>
        {
            Assert.Contains($"id=\"{one.Operation["operationId"]}\"", page, StringComparison.Ordinal);
            Assert.Contains(one.Path, page, StringComparison.Ordinal);
        });
        Assert.Contains("\"name\": \"inventory\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    private async Task<JsonNode> DocumentAsync()
    {
        using HttpClient visitor = _portal.Browser();
        return JsonNode.Parse(await visitor.GetStringAsync(PortalUrls.OpenApiDocument, None))!;
    }

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "post" or "put" or "patch" or "delete"
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    private static string Root()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "ProxyPortal.sln")))
            root = Path.GetDirectoryName(root);
        return root!;
    }
}
