using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.ExpiryPolicies.Calendar;

/// <summary>A month with what ends on each day, and below it what ends on the day that was chosen. Both stand in the address.</summary>
public partial class ExpiryCalendarPage
{
    private const int DaysOfWeek = 7;
    private static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private IReadOnlyList<DayOfEndings> _days = [];
    private PageOf<Ending> _rows = new([], 0);
    private DateOnly _month;
    private DateOnly? _day;
    private (string?, string?, string?, string?, string?)? _shown;

    [SupplyParameterFromQuery]
    public string? Month { get; set; }

    [SupplyParameterFromQuery]
    public string? Day { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? PageSize { get; set; }

    [Inject]
    public required ExpiryCalendarService Calendar { get; init; }

    private string Sentence => _days.Sum(day => day.Total) is > 0 and var total ? $"{total.ToString("N0", CultureInfo.InvariantCulture)} in this month. Choose a day to see who." : "Nothing ends in this month.";

    private IEnumerable<DayOfEndings?[]> Weeks =>
        Enumerable.Repeat<DayOfEndings?>(null, (((int)_month.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek)).Concat(_days).Chunk(DaysOfWeek);

    protected override Task OnParametersSetAsync() => _shown == (Month, Day, Kind, Page, PageSize) ? Task.CompletedTask : ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        (string?, string?, string?, string?, string?) asked = (Month, Day, Kind, Page, PageSize);
        DateOnly? day = Read(Day, "yyyy-MM-dd");
        DateOnly month = day ?? Read(Month, "yyyy-MM") ?? DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        Result<IReadOnlyList<DayOfEndings>> days = await Calendar.MonthAsync(actor, month, Gone);
        Result<PageOf<Ending>> rows = days.Error is { } refused ? refused
            : day is null ? new PageOf<Ending>([], 0)
            : await Calendar.DayAsync(actor, day.Value, EndingWords.Parse(Kind), ListAddress.ReadPage(Page) - 1, ListAddress.ReadSize(PageSize), Gone);
        if (rows.Succeeded)
            (_days, _rows, _month, _day, _shown) = (days.Value, rows.Value, new DateOnly(month.Year, month.Month, 1), day, asked);
        return rows.Error;
    });

    private string UrlAt(int page, int pageSize) =>
        PortalUrls.Ends(Text(_month), _day is { } day ? TextOfDay(day) : null, Kind, page, pageSize == ListAddress.DefaultSize ? null : pageSize);

    // The calendar goes on for a month on either side of what is shown; what no person means is this month.
    private static DateOnly? Read(string? text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= 2000 and < 2100 ? day : null;

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Text(DayOfEndings day) => TextOfDay(day.Day);

    private static string TextOfDay(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Name(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Describe(DayOfEndings day) => $"{day.Day.ToString("d MMMM", CultureInfo.InvariantCulture)}: "
        + string.Join(", ", day.Counts.OrderBy(count => count.Key).Select(count => EndingWords.Count(count.Key, count.Value)));

    private string? ClassOf(DayOfEndings? day) => day is null ? "outside" : day.Day == DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime) ? "today" : null;

    private RenderFragment KindLink(string label, EndingKind? kind) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", PortalUrls.Ends(Text(_month), TextOfDay(_day!.Value), kind is { } known ? EndingWords.Code(known) : null));
        builder.AddAttribute(2, "aria-current", EndingWords.Parse(Kind) == kind ? "true" : null);
        builder.AddContent(3, label);
        builder.CloseElement();
    };
}
