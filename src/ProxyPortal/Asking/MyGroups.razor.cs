using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Asking;

/// <summary>The groups that one may ask for, and what became of what one asked. Nothing is shown where nothing is on offer.</summary>
public partial class MyGroups
{
    private MyRequests? _mine;
    private bool _isAsking;
    private Guid _group;
    private string _reason = "";
    private int? _days = 30;

    /// <summary>What somebody else who looks on was given; null = read one's own.</summary>
    [Parameter]
    public MyRequests? Given { get; set; }

    [Inject]
    public required GroupRequestService Requests { get; init; }

    protected override bool SaysFaults => true;

    private bool IsReadOnly => Given is not null;

    private string? Description => _mine?.Offers.FirstOrDefault(offer => offer.Id == _group)?.Description;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        if (Given is not null)
        {
            _mine = Given;
            return null;
        }
        Result<MyRequests> found = await Requests.ListOwnAsync(actor, Gone);
        _mine = found.Succeeded ? found.Value : _mine;
        return found.Error;
    });

    private void Begin() => (_isAsking, _group, _reason, Fault) = (true, _mine!.Offers[0].Id, "", null);

    private Task AskAsync() => SubmitAsync(async actor =>
    {
        Result asked = await Requests.AskAsync(actor, _group, _reason, _days, CancellationToken.None);
        if (asked.Error is { } error)
            return error;
        _isAsking = false;
        Notifier.Done(T["Your request waits for a decision"]);
        await ReloadAsync();
        return null;
    });

    private Task WithdrawAsync(RequestSummary request) => ActAsync(async actor =>
    {
        Result withdrawn = await Requests.WithdrawAsync(actor, request.Id, CancellationToken.None);
        if (withdrawn.Error is { } error)
            return error;
        Notifier.Done(T["Your request is withdrawn"]);
        await ReloadAsync();
        return null;
    });
}
