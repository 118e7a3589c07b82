using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Data;
using Xunit;

namespace ProxyPortal.Tests.Components;

public sealed class ActingComponentTests : PortalPageTest
{
    [Fact]
    public async Task TenClicksWhileOneActRuns_AreOneAct()
    {
        int acts = 0;
        var gate = new TaskCompletionSource();
        var page = RenderActor(_ => Task.FromResult<Error?>(null), async _ =>
        {
            acts++;
            await gate.Task;
            return null;
        });

        List<Task> clicks = [];
        await page.InvokeAsync(() => clicks.AddRange(Enumerable.Range(0, 10).Select(_ => page.Instance.ClickAsync())));
        page.WaitForAssertion(() => Assert.Equal(1, acts));
        gate.SetResult();
        await Task.WhenAll(clicks);

        Assert.Equal(1, acts);
    }

    [Fact]
    public async Task BusyDatabase_IsSaidInPlainWords()
    {
        var page = RenderActor(_ => Task.FromResult<Error?>(null), _ => throw new DatabaseBusyException());

        await page.InvokeAsync(page.Instance.ClickAsync);

        Assert.Equal("The database is busy. Nothing was changed; try again.", Snackbar());
    }

    [Fact]
    public async Task Failure_IsSaidWithAnIncidentId_AndWithoutItsMessage()
    {
        var page = RenderActor(_ => Task.FromResult<Error?>(null), _ => throw new InvalidOperationException("SQL at /var/lib"));

        await page.InvokeAsync(page.Instance.ClickAsync);

        Assert.Matches("Incident [A-Z0-9]{8}\\.", Snackbar());
        Assert.DoesNotContain("SQL", Snackbar(), StringComparison.Ordinal);
    }

    [Fact]
    public void FailedLoading_OffersARetry_WhichMayHeal()
    {
        int loads = 0;
        var page = RenderActor(_ => ++loads == 1 ? throw new InvalidOperationException("SQL") : Task.FromResult<Error?>(null), _ => Task.FromResult<Error?>(null));
        Assert.Contains("Incident", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);
        Assert.DoesNotContain("SQL", page.Markup, StringComparison.Ordinal);

        page.Find("[role=alert] > button").Click();

        page.WaitForAssertion(() => Assert.Equal("ready", TextOf(page.Find("b"))));
    }

    [Fact]
    public void WhileLoading_SaysSo_AndLeavingCancels()
    {
        CancellationToken seen = default;
        var page = RenderActor(
            async gone =>
            {
                seen = gone;
                await Task.Delay(Timeout.Infinite, gone);
                return null;
            },
            _ => Task.FromResult<Error?>(null));
        Assert.Equal("Loading things", TextOf(page.Find("[role=status]")));

        page.Instance.Dispose();

        Assert.True(seen.IsCancellationRequested);
    }

    [Fact]
    public async Task Leaving_DoesNotEndTheAct_AndIsNoFailure()
    {
        var gate = new TaskCompletionSource();
        bool isDone = false;
        var page = RenderActor(_ => Task.FromResult<Error?>(null), async gone =>
        {
            await gate.Task;
            isDone = true;
            // What the page would read after its act.
            gone.ThrowIfCancellationRequested();
            return null;
        });
        Task click = page.InvokeAsync(page.Instance.ClickAsync);

        page.Instance.Dispose();
        gate.SetResult();
        await click;

        Assert.True(isDone);
        Assert.Empty(Services.GetRequiredService<ISnackbar>().ShownSnackbars);
    }

    [Fact]
    public async Task Cancellation_OfSomethingElse_IsAFailureLikeAnyOther()
    {
        var page = RenderActor(_ => throw new TaskCanceledException(), _ => throw new TaskCanceledException());
        Assert.Contains("Incident", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);

        await page.InvokeAsync(page.Instance.ClickAsync);

        Assert.Matches("Incident [A-Z0-9]{8}\\.", Snackbar());
    }

    [Fact]
    public async Task Refusal_IsSaidInTheCorner_UnlessAFormHasItsField()
    {
        var refusal = new Error("last", "This is the last one.", "role");
        var page = RenderActor(_ => Task.FromResult<Error?>(null), _ => Task.FromResult<Error?>(refusal));

        await page.InvokeAsync(page.Instance.SubmitAsync);
        Assert.Equal(refusal, page.Instance.LastFault);
        Assert.Empty(Services.GetRequiredService<ISnackbar>().ShownSnackbars);

        await page.InvokeAsync(page.Instance.ClickAsync);
        Assert.Equal("This is the last one.", Snackbar());
    }

    [Fact]
    public void RefusedReading_SaysWhy_UnlessItMustNotBeTold()
    {
        var page = RenderActor(_ => Task.FromResult<Error?>(new Error("search_too_long", "Search for less.")), _ => Task.FromResult<Error?>(null));
        Assert.Contains("Search for less.", TextOf(page.Find("[role=alert]")), StringComparison.Ordinal);

        foreach (string code in new[] { "forbidden", "not_found" })
            Assert.Contains("Not available to you", TextOf(RenderActor(_ => Task.FromResult<Error?>(new Error(code, "Secret.")), _ => Task.FromResult<Error?>(null))), StringComparison.Ordinal);
    }

    private string Snackbar() => Assert.Single(Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message ?? "";

    private IRenderedComponent<TestActor> RenderActor(Func<CancellationToken, Task<Error?>> load, Func<CancellationToken, Task<Error?>> act) =>
        Render<TestActor>(parameters => parameters.Add(one => one.Load, load).Add(one => one.Act, act));

    internal sealed class TestActor : ActingComponent
    {
        [Parameter]
        public required Func<CancellationToken, Task<Error?>> Load { get; set; }

        [Parameter]
        public required Func<CancellationToken, Task<Error?>> Act { get; set; }

        public Task ClickAsync() => ActAsync(_ => Act(Gone));

        public Task SubmitAsync() => SubmitAsync(_ => Act(Gone));

        public Error? LastFault => Fault;

        protected override Task OnInitializedAsync() => ReloadAsync();

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<LoadedFrame>(0);
            builder.AddComponentParameter(1, nameof(LoadedFrame.State), State);
            builder.AddComponentParameter(3, nameof(LoadedFrame.Label), "Loading things");
            builder.AddComponentParameter(4, nameof(LoadedFrame.OnRetry), EventCallback.Factory.Create(this, ReloadAsync));
            builder.AddComponentParameter(5, nameof(LoadedFrame.ChildContent), (RenderFragment)(content => content.AddMarkupContent(0, "<b>ready</b>")));
            builder.CloseComponent();
        }

        private Task ReloadAsync() => LoadAsync(_ => Load(Gone));
    }
}
