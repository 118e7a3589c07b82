using ProxyPortal.Components.Layout;
using Xunit;

namespace ProxyPortal.Tests.Components.Layout;

[Trait("Database", "None")]
public sealed class NavEntryTests
{
    [Theory]
    [InlineData(null, "Overview")]
    [InlineData(ShellUser.Operator, "Overview Users Proxies")]
    [InlineData(ShellUser.Auditor, "Overview Users Proxies Audit")]
    [InlineData(ShellUser.Administrator, "Overview Users Proxies Audit Settings")]
    public void Navigation_OfARole_HoldsOnlyWhatItMayOpen(string? role, string labels) =>
        Assert.Equal(labels, string.Join(' ', NavEntry.VisibleTo(new ShellUser("someone", "Someone", role)).Select(entry => entry.Label)));
}
