using ProxyPortal.Components.Layout;
using Xunit;

namespace ProxyPortal.Tests.Components.Layout;

[Trait("Database", "None")]
public sealed class NavEntryTests
{
    [Theory]
    [InlineData(null, "My access Guides Help")]
    [InlineData(ShellUser.Operator, "Overview Users Devices Requests Groups Policies Proxies Guides Verifications")]
    [InlineData(ShellUser.Auditor, "Overview Users Devices Requests Groups Policies Proxies Guides Verifications Audit API tokens Settings")]
    [InlineData(ShellUser.Administrator, "Overview Users Devices Requests Groups Policies Proxies Guides Verifications Audit API tokens Settings")]
    public void Navigation_OfARole_HoldsOnlyWhatItMayOpen(string? role, string labels) =>
        Assert.Equal(labels, string.Join(' ', NavEntry.VisibleTo(new ShellUser("someone", "Someone", role)).Select(entry => entry.Label)));
}
