using Bunit;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Layout;
using Xunit;

namespace ProxyPortal.Tests.Components.Layout;

[Trait("Database", "None")]
public sealed class PageErrorBoundaryTests : PortalComponentTest
{
    [Fact]
    public void FailingPage_ShowsAnIncidentAndNothingOfTheException()
    {
        var boundary = Render<PageErrorBoundary>(p => p.AddChildContent<FailingPage>());

        Assert.NotEmpty(boundary.Find("code").TextContent);
        Assert.DoesNotContain(FailingPage.Detail, boundary.Markup, StringComparison.Ordinal);
    }

    private sealed class FailingPage : ComponentBase
    {
        public const string Detail = "SELECT secret FROM /var/lib";

        protected override void OnInitialized() => throw new InvalidOperationException(Detail);
    }
}
