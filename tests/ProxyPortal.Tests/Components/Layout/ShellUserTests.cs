using System.Security.Claims;
using ProxyPortal.Components.Layout;
using Xunit;

namespace ProxyPortal.Tests.Components.Layout;

[Trait("Database", "None")]
public sealed class ShellUserTests
{
    [Fact]
    public void HighestRole_IsShown()
    {
        var user = ShellUser.From(SignedIn("maria", new(ClaimTypes.GivenName, "Maria Svensson"), new(ClaimTypes.Role, "Auditor"), new(ClaimTypes.Role, "Administrator")));

        Assert.Equal(new ShellUser("maria", "Maria Svensson", "Administrator"), user);
        Assert.Equal("MS", user.Initials);
    }

    [Fact]
    public void AnonymousPrincipal_IsNobody()
    {
        Assert.Same(ShellUser.Nobody, ShellUser.From(new ClaimsPrincipal(new ClaimsIdentity())));
        Assert.Same(ShellUser.Nobody, ShellUser.From(null));
    }

    [Fact]
    public void Settings_AreForAdministrators()
    {
        Assert.DoesNotContain(NavEntry.VisibleTo(ShellUser.From(SignedIn("bob", new Claim(ClaimTypes.Role, "Operator")))), entry => entry.Label == "Settings");
        Assert.Equal(NavEntry.All, NavEntry.VisibleTo(ShellUser.From(SignedIn("maria", new Claim(ClaimTypes.Role, "Administrator")))));
    }

    [Fact]
    public void GoToKeys_AreUnique() => Assert.Distinct(NavEntry.All.Select(entry => entry.Key));

    private static ClaimsPrincipal SignedIn(string name, params Claim[] claims) => new(new ClaimsIdentity([new(ClaimTypes.Name, name), .. claims], "test"));
}
