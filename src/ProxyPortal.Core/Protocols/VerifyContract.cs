using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProxyPortal.Core.Protocols;

/// <summary>The body of <c>POST /api/v1/verify</c>. What is null is left out: endpoint and address are optional.</summary>
public sealed record VerifyRequest
{
    /// <summary>Where it is posted to, below the verify listener's base.</summary>
    public const string Path = "/api/v1/verify";

    /// <summary>Where an array of up to <see cref="MaxBatch"/> of them is posted to. The answer is an array, with null for each that has to
    /// be asked alone.</summary>
    public const string BatchPath = "/api/v1/verify/batch";

    public const int MaxBatch = 64;

    /// <summary>Of a body, batch or not.</summary>
    public const int MaxBodyBytes = 16 * 1024;

    public required string Scheme { get; init; }

    public string? UserId { get; init; }

    public string? Password { get; init; }

    public string? ClientAddress { get; init; }

    public string? Endpoint { get; init; }

    /// <summary>Not the compiler's: that one prints the password into whatever log it is handed to.</summary>
    public override string ToString() => $"{nameof(VerifyRequest)} {{ {nameof(Scheme)} = {Scheme}, {nameof(UserId)} = {UserId} }}";
}

/// <summary>The answer to it, status 200. Only <see cref="Result"/> == <see cref="Accepted"/> lets anybody through.</summary>
public sealed record VerifyResponse
{
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";

    public required string Result { get; init; }

    public string? User { get; init; }

    public string? Device { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Seconds the caller may remember an acceptance; absent or 0 means not at all.</summary>
    public int? ValidFor { get; init; }

    /// <summary>Seconds until the credential itself ends, told when that is within the longest grace of 15 minutes.</summary>
    public int? EndsIn { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public int? RetryAfter { get; init; }

    public string? Id { get; init; }
}

/// <summary>Exact names, no duplicates (the last one would win), shallow; members of a newer portal are ignored.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(VerifyResponse))]
[JsonSerializable(typeof(VerifyResponse[]))]
[JsonSerializable(typeof(BackfillRequest))]
public sealed partial class VerifyJsonContext : JsonSerializerContext;
