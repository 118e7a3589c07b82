using MudBlazor;

namespace ProxyPortal.Components.Shared;

/// <summary>Says what became of an act, in a corner and to screen readers. Success goes by itself and may offer to undo; failure stays
/// until it is closed.</summary>
public sealed class Notifier(ISnackbar snackbar)
{
    private const int ShownFor = 5_000;
    private const int ShownForUndo = 10_000;

    /// <summary>"alice suspended". With <paramref name="undo"/> a button takes it back.</summary>
    public void Done(string what, Func<Task>? undo = null) =>
        snackbar.Add(what, Severity.Success, options =>
        {
            options.Icon = Icons.Material.Outlined.CheckCircle;
            options.VisibleStateDuration = undo is null ? ShownFor : ShownForUndo;
            if (undo is null)
                return;
            options.Action = "Undo";
            options.ActionVariant = Variant.Text;
            options.OnClick = _ => undo();
        });

    /// <summary>What failed, why, what to do. The incident id is in the log as well.</summary>
    public void Failed(string what, string? incidentId = null) =>
        snackbar.Add(incidentId is null ? what : $"{what} Incident {incidentId}.", Severity.Error, options =>
        {
            options.Icon = Icons.Material.Outlined.ErrorOutline;
            options.RequireInteraction = true;
        });

    public void Note(string what) =>
        snackbar.Add(what, Severity.Normal, options =>
        {
            options.Icon = Icons.Material.Outlined.Info;
            options.VisibleStateDuration = ShownFor;
        });
}
