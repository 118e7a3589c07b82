using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Tests.Components;

/// <summary>The world a component lives in: MudBlazor without transitions, a clock that stands still, a browser that agrees to everything.</summary>
public abstract class PortalComponentTest : BunitContext
{
    // How long a test waits for what must come; one that is not loaded to the brim never waits that long.
    static PortalComponentTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    protected PortalComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.ShowTransitionDuration = 0;
            mud.SnackbarConfiguration.HideTransitionDuration = 0;
            mud.PopoverOptions.CheckForPopoverProvider = false;
        });
        Services.AddLocalization().AddLogging();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<BrowserClock>();
        Services.AddScoped<Notifier>();
    }

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Types into a field that waits for a pause: lets time pass until what was typed has been taken, however late the component
    /// started to wait.</summary>
    protected async Task TypeAndPauseAsync(AngleSharp.Dom.IElement field, string text)
    {
        Task typed = field.InputAsync(text);
        while (!typed.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await typed;
    }

    /// <summary>What a person reads, with runs of white space as one space.</summary>
    protected static string TextOf(AngleSharp.Dom.IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
