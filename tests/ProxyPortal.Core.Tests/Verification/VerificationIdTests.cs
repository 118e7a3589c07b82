using System.Text.RegularExpressions;
using ProxyPortal.Core.Verification;
using Xunit;

namespace ProxyPortal.Core.Tests.Verification;

public sealed class VerificationIdTests
{
    private static readonly long Noon = new DateTime(2026, 11, 3, 12, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Create_Id_IsAUlidOfItsTime()
    {
        string id = VerificationId.Create(Noon).ToString();
        Assert.Matches(new Regex(@"\A[0-7][0-9A-HJKMNP-TV-Z]{25}\z"), id);
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        long milliseconds = id[..10].Aggregate(0L, (sum, c) => sum * 32 + alphabet.IndexOf(c, StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(Noon, TimeSpan.Zero).ToUnixTimeMilliseconds(), milliseconds);
    }

    [Fact]
    public void Parse_WhatWasWritten_GivesTheSameIdTimeAndBytes()
    {
        var id = VerificationId.Create(Noon);
        Assert.True(VerificationId.TryParse(id.ToString(), out VerificationId read) && VerificationId.TryParse(id.ToString().ToLowerInvariant(), out VerificationId lower) && lower == id);
        Assert.Equal(id, read);
        Assert.Equal(new DateTimeOffset(Noon, TimeSpan.Zero), read.At);
        Assert.Equal(id, VerificationId.FromBytes(id.ToBytes()));
        Assert.Equal(16, id.ToBytes().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAVV")]
    [InlineData("81ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAI")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA!")]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public void Parse_AnythingElse_IsNoId(string text) => Assert.False(VerificationId.TryParse(text, out _));

    [Fact]
    public void Create_Later_SortsLater()
    {
        string[] ids = [.. Enumerable.Range(0, 500).Select(i => VerificationId.Create(Noon + i * TimeSpan.TicksPerMillisecond).ToString())];
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Create_SameInstant_DiffersInAllOfItsRandomPart()
    {
        string[] ids = [.. Enumerable.Range(0, 5000).Select(_ => VerificationId.Create(Noon).ToString())];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Single(ids.Select(id => id[..10]).Distinct());
        for (int i = 10; i < VerificationId.Length; i++)
            Assert.True(ids.Select(id => id[i]).Distinct().Count() == 32, $"character {i}");
    }
}
