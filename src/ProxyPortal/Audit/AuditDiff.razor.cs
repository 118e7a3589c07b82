using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Components.Shared;

namespace ProxyPortal.Audit;

/// <summary>What an act changed, field by field, in words and local time instead of JSON.</summary>
public partial class AuditDiff
{
    private IReadOnlyList<AuditChange> _changes = [];

    [Parameter, EditorRequired]
    public string? Before { get; set; }

    [Parameter, EditorRequired]
    public string? After { get; set; }

    protected override void OnParametersSet() => _changes = AuditChange.Between(Before, After);

    private static RenderFragment Show(string? value) => builder =>
    {
        if (value is null)
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", "pp-quiet");
            builder.AddContent(2, "not set");
            builder.CloseElement();
        }
        else if (DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at))
        {
            builder.OpenComponent<LocalTime>(3);
            builder.AddComponentParameter(4, nameof(LocalTime.Value), (DateTimeOffset?)at);
            builder.AddComponentParameter(5, nameof(LocalTime.Style), TimeStyle.Absolute);
            builder.CloseComponent();
        }
        else
        {
            builder.AddContent(6, value);
        }
    };
}
