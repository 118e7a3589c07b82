using Xunit;

namespace ProxyPortal.Tests;

[Trait("Database", "None")]
public sealed class PortalUrlsTests
{
    private static readonly Guid Id = new("0198c5a1-0000-7000-8000-000000000001");

    [Fact]
    public void Defaults_StayOutOfTheAddress()
    {
        Assert.Equal("/users", PortalUrls.Users());
        Assert.Equal("/audit", PortalUrls.Audit());
    }

    [Fact]
    public void Filters_AreEscapedAndInOrder() =>
        Assert.Equal("/users?search=a%20%26b%2Bc&status=expired&sort=name&descending=true&page=3&pageSize=50",
            PortalUrls.Users("a &b+c", "expired", "name", descending: true, page: 3, pageSize: 50));

    [Fact]
    public void AuditTimes_AreUtc() =>
        Assert.Equal($"/audit?target={Id}&from=2026-11-03T11%3A00%3A00Z",
            PortalUrls.Audit(target: Id, from: new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.FromHours(1))));

    [Theory]
    [InlineData("/users?page=2", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/\t/evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("users", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void OnlyOwnAddresses_AreLocal(string? url, bool expected) => Assert.Equal(expected, PortalUrls.IsLocal(url));

    [Fact]
    public void SignIn_ComesBackToOwnPagesOnly()
    {
        Assert.Equal("/account/sign-in?returnUrl=%2Fusers%3Fpage%3D2", PortalUrls.SignInAndReturn("/users?page=2"));
        Assert.Equal(PortalUrls.SignIn, PortalUrls.SignInAndReturn("//evil.example"));
        Assert.Equal(PortalUrls.SignIn, PortalUrls.SignInAndReturn(PortalUrls.Home));
    }
}
