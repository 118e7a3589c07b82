using System.Text.Json.Nodes;
using CsCheck;
using ProxyPortal.Audit;
using Xunit;

namespace ProxyPortal.Tests.Audit;

public sealed class AuditDifferenceTests
{
    private sealed record Inner(string? Name, int[] Numbers);

    private sealed record Outer(string? Text, int Number, DateTimeOffset? At, string[] Words, Inner? Inner);

    private static readonly Gen<string?> Text = Gen.Int[0, 3].Select(number => number switch { 0 => null, 1 => "", 2 => "größe \"12\" <b>", _ => "\ud83d\ude00" });

    private static readonly Gen<Outer> Record = Gen.Select(
        Text, Gen.Int[0, 2], Gen.Int[0, 2].Select(days => days == 0 ? (DateTimeOffset?)null : DateTimeOffset.UnixEpoch.AddDays(days)), Gen.Int[0, 2].Select(count => Enumerable.Repeat("a", count).ToArray()),
        Gen.Int[0, 2].Select(number => number == 0 ? null : new Inner("x", [number])), (text, number, at, words, inner) => new Outer(text, number, at, words, inner));

    [Fact]
    public void OfTwo_ExactlyWhatDiffersAsJson_IsTold() => Gen.Select(Record, Record).Sample((one, other) =>
    {
        (JsonObject before, JsonObject after) = (Whole(one), Whole(other));
        string[] differing = [.. before.Select(property => property.Key).Where(key => !JsonNode.DeepEquals(before[key], after[key]))];
        (string? was, string? became) = AuditDifference.Of(one, other);
        AssertPart(before, differing, was);
        AssertPart(after, differing, became);
    });

    [Fact]
    public void OneAlone_IsToldInFull_AsPeopleReadIt()
    {
        (string? before, string? after) = AuditDifference.Of(null, new { Name = "größe", Note = (string?)null });
        Assert.Null(before);
        Assert.Equal("""{"name":"größe","note":null}""", after);
    }

    [Fact]
    public void WhatOnlyOneHas_IsTold() => Assert.Equal(("""{"gone":1}""", """{"new":2}"""), AuditDifference.Of(new { Same = "x", Gone = 1 }, new { Same = "x", New = 2 }));

    private static JsonObject Whole(Outer record) => JsonNode.Parse(AuditDifference.Of(record, null).Before!)!.AsObject();

    private static void AssertPart(JsonObject whole, string[] kept, string? part)
    {
        foreach (string left in whole.Select(property => property.Key).Except(kept).ToList())
            whole.Remove(left);
        Assert.True(JsonNode.DeepEquals(whole, JsonNode.Parse(part!)), $"{part} is not {whole.ToJsonString()}");
    }
}
