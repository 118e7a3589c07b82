using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProxyPortal.Users.Import;

/// <summary>What an import would do, and what is wrong with its file.</summary>
public partial class ImportPreview
{
    private const int MostShown = 100;

    [Parameter, EditorRequired]
    public required UserImportPlan Plan { get; set; }

    [Parameter, EditorRequired]
    public bool Skips { get; set; }

    [Parameter, EditorRequired]
    public bool CanRun { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<bool> OnSkips { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnImport { get; set; }

    private string Summary => $"{Number(Plan.Rows)} {(Plan.Rows == 1 ? "row" : "rows")}: {Number(Plan.Created)} added, {Number(Plan.Updated)} updated, {Number(Plan.Skipped)} left as they are"
        + (Plan.Ignored > 0 ? $"; {Number(Plan.Ignored)} empty lines and comments." : ".");

    private string ImportLabel => Plan.Created + Plan.Updated is var count && count == 1 ? "Import 1 user" : $"Import {Number(count)} users";

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
