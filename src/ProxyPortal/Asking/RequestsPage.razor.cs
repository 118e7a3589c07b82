using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Devices;
using ProxyPortal.Settings;

namespace ProxyPortal.Asking;

/// <summary>The requests for groups and for access: decided one by one or many at once, each with a word.</summary>
public partial class RequestsPage
{
    private bool _isInviting;
    private string _mail = "";

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    public required RequestService Requests { get; init; }

    [Inject]
    public required RequestDecisionService Decisions { get; init; }

    [Inject]
    public required Invitations Invitations { get; init; }

    [Inject]
    public required SettingsService Settings { get; init; }

    private bool MayDecide => May(Permission.EditUsers);

    private bool IsDeciding => MayDecide && View.Status is RequestStatus.Waiting;

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{Rows.Total:N0} {(Rows.Total == 1 ? "request" : "requests")}");

    protected override RequestListView ReadAddress() => new(
        string.IsNullOrWhiteSpace(Search) ? null : Search, RequestCodes.ParseKind(Kind), RequestCodes.ParseStatus(Status) ?? RequestStatus.Waiting, ListAddress.ReadPage(Page), ListAddress.ReadSize(PageSize));

    protected override Task<Result<PageOf<RequestSummary>>> ReadRowsAsync(Actor actor, RequestListView view) => Requests.ListAsync(actor, view.Query, Gone);

    private static string NameOf(RequestSummary request) => request.Asker.Login ?? request.Asker.Mail ?? request.Asker.Name;

    private void OnStatus(ChangeEventArgs change) => Go(View with { Status = RequestCodes.ParseStatus(change.Value as string) ?? RequestStatus.Waiting, Page = 1 });

    private Task InviteAsync() => SubmitAsync(async actor =>
    {
        Result invited = await Invitations.InviteAsync(actor, _mail, CancellationToken.None);
        if (invited.Error is { } error)
            return error;
        Notifier.Done($"{_mail.Trim()} is invited");
        (_isInviting, _mail) = (false, "");
        return null;
    });

    private async Task AcceptAsync(List<RequestSummary> requests)
    {
        string consequence = requests.Exists(request => request.Kind is RequestKind.Access)
            ? "Who asked for access gets an account and the link to a password; who asked for a group becomes a member, for as long as was asked."
            : "Who asked becomes a member, for as long as was asked. A member of several groups may only do what all of them allow.";
        if (await Dialogs.AskReasonAsync(new ReasonQuestion($"Accept {What(requests)}?", consequence, "Accept", IsRequired: false, IsDangerous: false)) is { } word)
            await DecideAsync(requests, accept: true, word);
    }

    private async Task DeclineAsync(List<RequestSummary> requests)
    {
        if (await Dialogs.AskReasonAsync(new ReasonQuestion($"Decline {What(requests)}?", "The reason is told to the person who asked.", "Decline", IsRequired: true)) is { } word)
            await DecideAsync(requests, accept: false, word);
    }

    private static string What(List<RequestSummary> requests) => requests is [var only] ? $"the request of {NameOf(only)}" : $"{requests.Count} requests";

    private Task DecideAsync(List<RequestSummary> requests, bool accept, string? word) => requests.Count == 0 ? Task.CompletedTask : ActAsync(async actor =>
    {
        Result<IReadOnlyList<RequestOutcome>> decided = await Decisions.DecideAsync(actor, [.. requests.Select(request => request.Id)], accept, word, CancellationToken.None);
        if (decided.Error is { } error)
            return error;
        int done = decided.Value.Count(outcome => outcome.Error is null);
        if (done > 0)
            Notifier.Done($"{(requests is [var only] ? $"The request of {NameOf(only)}" : $"{done} {(done == 1 ? "request" : "requests")}")} {(accept ? "accepted" : "declined")}");
        await ReloadAsync();
        // What was not done is said by name, once for each kind of refusal.
        string[] refused = [.. decided.Value.Where(outcome => outcome.Error is not null).GroupBy(outcome => outcome.Error!.Message, outcome => NameOf(requests.First(request => request.Id == outcome.Id)))
            .Select(group => $"{string.Join(", ", group)}: {group.Key}")];
        return refused.Length == 0 ? null : new Error("not_all_decided", string.Join(" ", refused));
    });
}
