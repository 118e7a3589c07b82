using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;
using ProxyPortal.Users.Bulk;

namespace ProxyPortal.Users.Jobs;

/// <summary>How far a job is, and what came of it.</summary>
public partial class UserJobPanel
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private bool _isTold;

    [Parameter, EditorRequired]
    public required UserJob Job { get; set; }

    /// <summary>The job is over: what it changed can be read again.</summary>
    [Parameter]
    public EventCallback OnOver { get; set; }

    /// <summary>Another job undoes this one.</summary>
    [Parameter]
    public EventCallback<UserJob> OnUndo { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    public required UserBulkService Bulk { get; init; }

    private string Said => Job.State switch
    {
        UserJobState.Waiting => "Waits for another change to end.",
        UserJobState.Running => string.Create(CultureInfo.InvariantCulture, $"{Job.Done:N0} of {Job.Total:N0}"),
        _ => string.Join(" · ", new[]
        {
            Count(UserOutcome.Changed, "done"), Count(UserOutcome.Unchanged, "were so already"), Count(UserOutcome.Skipped, "left alone"), Count(UserOutcome.Failed, "failed"),
        }.OfType<string>().DefaultIfEmpty("Nothing was changed")),
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await RepeatAsync(Period, TellAsync);
    }

    private async Task<bool> TellAsync()
    {
        if (_isTold)
            return false;
        _isTold = Job.IsOver;
        if (_isTold)
            await OnOver.InvokeAsync();
        return true;
    }

    private string? Count(UserOutcome outcome, string words) => Job.Count(outcome) is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} {words}") : null;

    private Task UndoAsync() => ActAsync(async actor =>
    {
        Result<UserJob> undoing = await Bulk.UndoAsync(actor, Job.Id, CancellationToken.None);
        if (undoing.Error is { } error)
            return error;
        await OnUndo.InvokeAsync(undoing.Value);
        return null;
    });
}
