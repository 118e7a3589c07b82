using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Languages;

namespace ProxyPortal.Components.Shared;

/// <summary>How <see cref="LocalTime"/> says it.</summary>
public enum TimeStyle
{
    /// <summary>"3 minutes ago"; the exact time is in the tooltip.</summary>
    Relative,

    /// <summary>"3 Nov 2026, 14:05 UTC+1".</summary>
    Absolute,

    /// <summary>Both, for detail pages.</summary>
    Both,
}

/// <summary>The only place where browser-local time appears. The server and the first render know UTC only and say so; the zone
/// follows once the browser has named it.</summary>
public sealed partial class LocalTime : IDisposable
{
    private TimeZoneInfo? _zone;
    private bool _isListening;

    [Parameter, EditorRequired]
    public DateTimeOffset? Value { get; set; }

    [Parameter]
    public TimeStyle Style { get; set; }

    /// <summary>Said when there is no time: "Never", "Not yet".</summary>
    [Parameter]
    public string? Absent { get; set; }

    [Inject]
    public required BrowserClock Clock { get; init; }

    public void Dispose()
    {
        if (_isListening)
            Clock.Beaten -= OnBeat;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _isListening = true;
        Clock.Beaten += OnBeat;
        _zone = await Clock.GetZoneAsync();
        StateHasChanged();
    }

    private static string Machine(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Absolute(DateTimeOffset at, TimeZoneInfo zone) => Format(at, zone, withSeconds: false);

    private static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime
            ? Format(at, zone, withSeconds: true)
            : $"{Format(at, zone, withSeconds: true)} ({zone.Id})";

    private static string Format(DateTimeOffset at, TimeZoneInfo zone, bool withSeconds)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return $"{DateText.Of(local, CultureInfo.CurrentCulture, withSeconds)} {Offset(local.Offset)}";
    }

    private static string Offset(TimeSpan offset) =>
        offset == TimeSpan.Zero ? "UTC"
        : (offset < TimeSpan.Zero ? "UTC−" : "UTC+")
          + offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture);

    private string Text(DateTimeOffset at, TimeZoneInfo zone) => Style switch
    {
        TimeStyle.Absolute => Absolute(at, zone),
        TimeStyle.Both => $"{Absolute(at, zone)} · {RelativeTime.Describe(at, Clock.Now, T)}",
        TimeStyle.Relative => RelativeTime.Describe(at, Clock.Now, T),
        _ => Absolute(at, zone),
    };

    private void OnBeat() => _ = InvokeAsync(StateHasChanged);
}
