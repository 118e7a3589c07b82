using System.Text.Json;

namespace ProxyPortal.Benchmarks.Accounts;

/// <summary>Tells the portal about the accounts in its own public format.</summary>
internal static class BootstrapFile
{
    public const string Endpoint = "bench";
    private const string Group = "bench";

    public static void Write(string path, AccountSet accounts)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        json.WriteStartObject();
        WriteGroups(json);
        WriteProxies(json, accounts.CallerKey);
        if (accounts.ApiToken is { } token) WriteToken(json, token);
        json.WriteStartArray("users");
        foreach (var account in accounts.All) WriteUser(json, account);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, string token)
    {
        json.WriteStartArray("apiTokens");
        json.WriteStartObject();
        json.WriteString("name", "bench");
        json.WriteString("token", token);
        WriteNames(json, "scopes", "*");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter json)
    {
        json.WriteStartArray("groups");
        json.WriteStartObject();
        json.WriteString("name", Group);
        WriteNames(json, "endpoints", Endpoint);
        WriteNames(json, "schemes", "Basic");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteProxies(Utf8JsonWriter json, string callerKey)
    {
        json.WriteStartArray("proxies");
        json.WriteStartObject();
        json.WriteString("name", "bench-proxy");
        json.WriteString("realm", "Benchmark");
        json.WriteString("callerKey", callerKey);
        json.WriteStartArray("endpoints");
        json.WriteStartObject();
        json.WriteString("name", Endpoint);
        json.WriteString("host", "proxy.bench.test");
        json.WriteNumber("port", 3128);
        json.WriteString("transport", "http");
        WriteNames(json, "schemes", "Basic");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteUser(Utf8JsonWriter json, KnownUser account)
    {
        json.WriteStartObject();
        json.WriteString("userId", account.UserId);
        json.WriteString("displayName", account.UserId);
        json.WriteString("email", $"{account.UserId}@bench.test");
        json.WriteString("password", account.Password);
        WriteNames(json, "groups", Group);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, string name)
    {
        json.WriteStartArray(property);
        json.WriteStringValue(name);
        json.WriteEndArray();
    }
}
