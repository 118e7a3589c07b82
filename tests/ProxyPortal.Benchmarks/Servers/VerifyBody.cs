using System.Text.Json.Serialization;

namespace ProxyPortal.Benchmarks.Servers;

/// <summary>The JSON of POST /api/v1/verify for Basic, as the client writes it and the bare server reads it.</summary>
internal sealed record VerifyBody(string Scheme, string UserId, string Password, string? ClientAddress, string? Endpoint);

[JsonSerializable(typeof(VerifyBody))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class VerifyJson : JsonSerializerContext;
