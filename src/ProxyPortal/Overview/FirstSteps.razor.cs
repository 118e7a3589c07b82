using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProxyPortal.Overview;

/// <summary>What to do first in a portal that is still empty.</summary>
public partial class FirstSteps
{
    [Parameter, EditorRequired]
    public bool HasProxy { get; set; }

    [Parameter, EditorRequired]
    public bool HasUser { get; set; }

    [Parameter, EditorRequired]
    public bool MayAdd { get; set; }

    private RenderFragment Step(bool isDone, string what, string why, string url) => builder =>
    {
        builder.OpenElement(0, "li");
        builder.OpenComponent<MudIcon>(1);
        builder.AddComponentParameter(2, nameof(MudIcon.Icon), isDone ? Icons.Material.Outlined.CheckCircle : Icons.Material.Outlined.RadioButtonUnchecked);
        builder.CloseComponent();
        builder.OpenElement(3, "div");
        builder.OpenElement(4, "strong");
        builder.AddContent(5, what);
        builder.CloseElement();
        builder.OpenElement(6, "p");
        builder.AddContent(7, isDone ? "Done." : why);
        builder.CloseElement();
        builder.CloseElement();
        if (!isDone && MayAdd)
        {
            builder.OpenElement(8, "a");
            builder.AddAttribute(9, "class", "pp-button");
            builder.AddAttribute(10, "href", url);
            builder.AddContent(11, what);
            builder.CloseElement();
        }
        builder.CloseElement();
    };
}
