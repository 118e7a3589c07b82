using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Devices;

/// <summary>The requests that wait: decided one by one or many at once, a refusal always with its reason.</summary>
public partial class DeviceRequestsPage
{
    [Inject]
    public required IDialogService Dialogs { get; init; }

    [Inject]
    private DeviceService Devices { get; init; } = null!;

    [Inject]
    private DeviceDecisionService Decisions { get; init; } = null!;

    private bool MayDecide => May(Permission.EditDevices);

    private string Total => string.Create(CultureInfo.InvariantCulture, $"{Rows.Total:N0} {(Rows.Total == 1 ? "request" : "requests")}");

    protected override DeviceRequestView ReadAddress() =>
        new(string.IsNullOrWhiteSpace(Search) ? null : Search, ListAddress.ReadPage(Page), ListAddress.ReadSize(PageSize));

    protected override Task<Result<PageOf<DeviceSummary>>> ReadRowsAsync(Actor actor, DeviceRequestView view) => Devices.ListAsync(actor, view.Query, Gone);

    private Task ApproveAsync(List<DeviceSummary> devices) => DecideAsync(devices, approve: true, null);

    private async Task DeclineAsync(List<DeviceSummary> devices)
    {
        string what = devices is [var only] ? only.Login : $"{devices.Count} requests";
        if (await Dialogs.AskReasonAsync(new ReasonQuestion($"Decline {what}?", "The proxy goes on refusing. The reason is told to the person who asked.", "Decline", IsRequired: true)) is { } reason)
            await DecideAsync(devices, approve: false, reason);
    }

    private Task DecideAsync(List<DeviceSummary> devices, bool approve, string? reason) => devices.Count == 0 ? Task.CompletedTask : ActAsync(async actor =>
    {
        Result<IReadOnlyList<DeviceOutcome>> decided = await Decisions.DecideAsync(actor, [.. devices.Select(device => device.Id)], approve, reason, CancellationToken.None);
        if (decided.Error is { } error)
            return error;
        int done = decided.Value.Count(outcome => outcome.Error is null);
        if (done > 0)
            Notifier.Done($"{(devices is [var only] ? only.Login : $"{done} {(done == 1 ? "device" : "devices")}")} {(approve ? "approved" : "declined")}");
        await ReloadAsync();
        // What was not done is said by name, once for each kind of refusal.
        string[] refused = [.. decided.Value.Where(outcome => outcome.Error is not null).GroupBy(outcome => outcome.Error!.Message, outcome => devices.First(device => device.Id == outcome.Id).Login)
            .Select(group => $"{string.Join(", ", group)}: {group.Key}")];
        return refused.Length == 0 ? null : new Error("not_all_decided", string.Join(" ", refused));
    });
}
