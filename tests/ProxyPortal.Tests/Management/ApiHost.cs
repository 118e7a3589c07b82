using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProxyPortal.ApiTokens;
using ProxyPortal.Core.Secrets;
using ProxyPortal.Credentials;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Management;

/// <summary>An answer of the API.</summary>
internal sealed record ApiReply(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => Json["code"]?.GetValue<string>();

    public string? Field => Json["field"]?.GetValue<string>();
}

/// <summary>The real portal, and programs that call its API.</summary>
internal static class ApiHost
{
    /// <summary>A token with these scopes, put into the database.</summary>
    public static async Task<string> AddTokenAsync(this PortalHost portal, params string[] scopes)
    {
        string token = GeneratedSecret.Create(GeneratedSecret.ApiTokenPrefix);
        await portal.AddTokenAsync(token, row => row.Scopes = [.. scopes]);
        return token;
    }

    public static async Task<ApiToken> AddTokenAsync(this PortalHost portal, string token, Action<ApiToken> adjust)
    {
        var row = new ApiToken { Name = $"t{Guid.CreateVersion7():N}", Digest = SecretDigests.OfKey(token), Hint = "pp_api_", CreatedAt = portal.Get<TimeProvider>().GetUtcNow() };
        adjust(row);
        await using PortalDbContext db = await portal.OpenDatabaseAsync();
        db.ApiTokens.Add(row);
        await db.SaveChangesAsync();
        return row;
    }

    public static Task<ApiReply> GetAsync(this PortalHost portal, string path, string? token) => portal.SendAsync(HttpMethod.Get, path, token);

    public static Task<ApiReply> PostAsync(this PortalHost portal, string path, string? token, string? json, params (string Name, string Value)[] headers) =>
        portal.SendAsync(HttpMethod.Post, path, token, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public static async Task<ApiReply> SendAsync(this PortalHost portal, HttpMethod method, string path, string? token, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using HttpClient program = portal.Browser();
        using var request = new HttpRequestMessage(method, $"/api/v1{path}") { Content = body };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await program.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new ApiReply(response.StatusCode, text, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Holds that it is a refusal in the one shape.</summary>
    public static void IsProblem(this ApiReply reply, int status, string code, string? field = null)
    {
        Assert.Equal((status, "application/problem+json"), ((int)reply.Status, reply.MediaType));
        Assert.Equal((code, field, status), (reply.Code, reply.Field, reply.Json["status"]!.GetValue<int>()));
        Assert.NotEmpty(reply.Json["detail"]!.GetValue<string>());
        Assert.DoesNotContain("ProxyPortal.", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", reply.Text, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(reply.Text).RootElement.TryGetProperty("exception", out _));
    }
}
