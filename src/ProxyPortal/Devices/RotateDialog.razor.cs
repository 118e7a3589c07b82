using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProxyPortal.Devices;

/// <summary>Asks for how long the present secret works beside the new one.</summary>
public partial class RotateDialog
{
    private string _hours = "";

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required string Login { get; set; }

    private void Confirm() => Dialog.Close(DialogResult.Ok(new Overlap(_hours.Length == 0 ? null : TimeSpan.FromHours(int.Parse(_hours, CultureInfo.InvariantCulture)))));

    /// <summary>What was chosen; null = as the policy says.</summary>
    internal sealed record Overlap(TimeSpan? Length);
}
