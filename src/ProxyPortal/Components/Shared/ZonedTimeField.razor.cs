using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Components.Shared;

/// <summary>A point in time as people write it, in the browser's own zone, which stands below the field.</summary>
public partial class ZonedTimeField
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";
    private static readonly string[] BrowserForms = [Form, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFF"];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required string For { get; set; }

    [Parameter]
    public bool Optional { get; set; } = true;

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset? Value { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<DateTimeOffset?> ValueChanged { get; set; }

    [Inject]
    public required BrowserClock Clock { get; init; }

    private string? Typed => Value is { } at ? TimeZoneInfo.ConvertTime(at, _zone).ToString(Form, CultureInfo.InvariantCulture) : null;

    private string Zone => _zone == TimeZoneInfo.Utc ? "Time zone: UTC" : $"Time zone: {_zone.Id} ({Offset})";

    private string Offset
    {
        get
        {
            TimeSpan offset = _zone.GetUtcOffset(Value ?? Clock.Now);
            return $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset.ToString(offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>The point in time that a clock on the wall shows in <paramref name="zone"/>; an hour that the switch to summer time
    /// leaves out counts from before the switch, an hour that comes twice is the first. What is no time of any calendar becomes
    /// <see cref="DateTimeOffset.MinValue"/>, which every rule refuses: as "no time" it would take away the end of an account.</summary>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        // In the first and the last year an offset could lead out of the calendar.
        if (!DateTime.TryParseExact(text, BrowserForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime wall)
            || wall.Year == DateTime.MinValue.Year || wall.Year == DateTime.MaxValue.Year)
            return DateTimeOffset.MinValue;
        TimeSpan offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max()
            : zone.IsInvalidTime(wall) ? zone.GetUtcOffset(wall.AddHours(-1))
            : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _zone = await Clock.GetZoneAsync();
        StateHasChanged();
    }

    private Task OnChangedAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(Read(change.Value as string, _zone));
}
