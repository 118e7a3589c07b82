using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;

namespace ProxyPortal.ExpiryPolicies.Impact;

/// <summary>Whom a change would meet: how many, when, and who.</summary>
public partial class ImpactPanel
{
    public const int PageSize = 25;

    [Parameter, EditorRequired]
    public required ImpactReport Report { get; set; }

    /// <summary>Which page of rows the report holds, from 0.</summary>
    [Parameter]
    public int Page { get; set; }

    /// <summary>Another page is wished.</summary>
    [Parameter]
    public EventCallback<int> OnPage { get; set; }

    private string Range => string.Create(CultureInfo.InvariantCulture, $"{Page * PageSize + 1:N0}–{Math.Min(Report.Total, (Page + 1) * PageSize):N0} of {Report.Total:N0}");

    private static string Why(ImpactRow row) => RejectionReasons.TryParse(row.Reason, out RejectionReason reason) ? RejectionWords.Of(reason).Title : row.Reason;

    private static RenderFragment Figure(string label, ImpactCount count) => builder =>
    {
        builder.OpenElement(0, "div");
        builder.OpenElement(2, "dt");
        builder.AddContent(3, label);
        builder.CloseElement();
        builder.OpenElement(4, "dd");
        builder.AddContent(5, ImpactReport.Words(count));
        builder.CloseElement();
        builder.CloseElement();
    };
}
