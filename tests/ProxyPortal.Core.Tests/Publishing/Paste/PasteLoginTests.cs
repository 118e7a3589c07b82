using ProxyPortal.Core.Publishing.Paste;
using Xunit;

namespace ProxyPortal.Core.Tests.Publishing.Paste;

public sealed class PasteLoginTests
{
    [Theory]
    [InlineData("a@b.example", "http://a@b.example:•••••@proxy.example:3128", "LoginNotEncoded 1 a@b.example>a%40b.example",
        "http://a%40b.example:•••••@proxy.example:3128")]
    [InlineData(@"CORP\a", @"http://CORP\a:•••••@proxy.example:3128", @"LoginNotEncoded 1 CORP\a>CORP%5Ca", "http://CORP%5Ca:•••••@proxy.example:3128")]
    [InlineData("a/b", "https_proxy=http://a/b:•••••@proxy.example:3128", "LoginNotEncoded 1 a/b>a%2Fb", "https_proxy=http://a%2Fb:•••••@proxy.example:3128")]
    [InlineData("é", "http://é:•••••@proxy.example:3128", "LoginNotEncoded 1 é>%C3%A9", "http://%C3%A9:•••••@proxy.example:3128")]
    [InlineData("alice+laptop", "http://alice+laptop:•••••@proxy.example:3128", "", null)]
    [InlineData("alice+laptop", "http://alice%2Blaptop:•••••@proxy.example:3128", "", null)]
    [InlineData("a@b", "Environment=\"https_proxy=http://x:•••••@proxy.example:3128\"", "WrongLogin 1 x>a@b",
        "Environment=\"https_proxy=http://a%%40b:•••••@proxy.example:3128\"")]
    [InlineData("a&b", "<proxy><host>proxy.example</host><port>3128</port><username>x</username></proxy>", "WrongLogin 1 x>a&b",
        "<proxy><host>proxy.example</host><port>3128</port><username>a&amp;b</username></proxy>")]
    [InlineData("a@b", "curl -x proxy.example:3128 -U a@b:•••••", "", null)]
    public void Look_Login_IsReadAndWrittenAsItsPlaceWantsIt(string login, string text, string findings, string? corrected)
    {
        PasteReport report = PasteCheck.Look(text, PasteSamples.Targets, login).Value;
        Assert.Equal(findings, PasteCheckTests.Written(report.Findings));
        Assert.Equal(corrected, report.Corrected);
        if (corrected is not null)
            Assert.Empty(PasteCheck.Look(corrected, PasteSamples.Targets, login).Value.Findings);
    }
}
