using ProxyPortal.Credentials;
using ProxyPortal.Credentials.Guessable;
using Xunit;

namespace ProxyPortal.Tests.Account;

[Trait("Database", "None")]
public sealed class GuessEstimateTests
{
    [Theory]
    [InlineData("passwordpassword")]
    [InlineData("passwordpassword1")]
    [InlineData("password12345678")]
    [InlineData("P@ssw0rdP@ssw0rd")]
    [InlineData("qwertyuiopasdfgh")]
    [InlineData("qwertzuiopasdfghjkl")]
    [InlineData("1q2w3e4r5t6y7u8i")]
    [InlineData("0987654321poiuytrewq")]
    [InlineData("123456789012345")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("iloveyouiloveyou")]
    [InlineData("Summer2026Summer2026")]
    [InlineData("letmeinletmein123")]
    [InlineData("administrator2026")]
    [InlineData("abcabcabcabcabcde")]
    [InlineData("monkey monkey monkey")]
    public void Check_WhatPeopleMakeOfCommonPasswords_IsRefused(string password) => Assert.Equal("password_invalid", PasswordRules.Check(password)?.Code);

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("a long enough passphrase")]
    [InlineData("orange-tractor-window")]
    [InlineData("kanarie vogel huis boom")]
    [InlineData("vier Möwen über Kiel")]
    [InlineData("xK4-fq9_mZ2-wT7b")]
    public void Check_WordsThatHaveNothingToDoWithEachOther_Pass(string password) => Assert.Null(PasswordRules.Check(password));

    [Fact]
    public void Log10_LongestPassword_TakesNoTimeThatMatters()
    {
        long before = Environment.TickCount64;
        for (int i = 0; i < 20; i++)
            _ = GuessEstimate.Log10(string.Concat(Enumerable.Repeat("p4ssw0rd!Qz", 24))[..256]);
        Assert.InRange(Environment.TickCount64 - before, 0, 5_000);
    }

    [Fact]
    public void Log10_MoreSigns_NeverMakeACommonPasswordCheaper()
    {
        Assert.True(GuessEstimate.Log10("password") < GuessEstimate.Log10("passwordx7"));
        Assert.Equal(1, CommonPasswords.RankOf("123456"));
        Assert.Null(CommonPasswords.RankOf("correct horse"));
    }
}
