using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ProxyPortal.Management;
using Xunit;

namespace ProxyPortal.Tests.Management;

/// <summary>Fields of a PATCH: left out, null and given are three things.</summary>
[Trait("Database", "None")]
public sealed class GivenConverterTests
{
    [Theory]
    [InlineData("{}", false, null)]
    [InlineData("""{"at":null}""", true, null)]
    [InlineData("""{"at":"2026-12-31T18:00:00+01:00"}""", true, "2026-12-31T17:00:00.0000000+00:00")]
    public void Field_Row_IsToldApart(string json, bool isNamed, string? value)
    {
        Patch patch = JsonSerializer.Deserialize<Patch>(json, ApiJson.Options)!;
        Assert.Equal((isNamed, value), (patch.At.IsNamed, patch.At.Value?.ToUniversalTime().ToString("O")));
    }

    [Fact]
    public void Enum_Number_IsRefused() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Patch>("""{"day":1}""", ApiJson.Options));

    [Fact]
    public void Enum_Name_IsCamelCase() => Assert.Equal(DayOfWeek.Monday, JsonSerializer.Deserialize<Patch>("""{"day":"monday"}""", ApiJson.Options)!.Day.Value);

    [SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
    private sealed record Patch(Given<DateTimeOffset?> At = default, Given<DayOfWeek?> Day = default);
}
