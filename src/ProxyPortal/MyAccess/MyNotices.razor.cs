using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Notices;
using ProxyPortal.Users;

namespace ProxyPortal.MyAccess;

/// <summary>Which notices come by mail, and whether together.</summary>
public partial class MyNotices
{
    private static readonly (NoticeKind Kind, string Words)[] Own =
    [
        (NoticeKind.AccessEnds, "When my access or a device's secret ends"), (NoticeKind.OldSecretInUse, "When a device still sends an old password"), (NoticeKind.NewDevice, "When a device is added"),
        (NoticeKind.DeviceDecided, "When a device is approved or refused"), (NoticeKind.RequestDecided, "When a request of mine is decided"), (NoticeKind.NewSignIn, "When somebody signs in from a new place"),
        (NoticeKind.EndpointChanges, "When a proxy that I use changes"),
    ];

    private NoticeWishes? _wishes;
    private HashSet<NoticeKind> _mailed = [];
    private bool _daily;

    [Inject]
    private NoticeChoices Choices { get; init; } = null!;

    // Only some decide about requests.
    private IEnumerable<(NoticeKind Kind, string Words)> Kinds => Actor.Role is PortalRole.None ? Own : Own.Append((NoticeKind.RequestWaits, "When a request waits for me"));

    private bool IsChanged => _wishes is not null && (_daily != _wishes.Daily || !_mailed.SetEquals(_wishes.Mailed));

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        Result<NoticeWishes> found = await Choices.GetAsync(actor, Gone);
        if (found.Succeeded)
            (_wishes, _mailed, _daily) = (found.Value, [.. found.Value.Mailed], found.Value.Daily);
        return found.Error;
    });

    private void Choose(NoticeKind kind, bool mailed)
    {
        if (mailed)
            _mailed.Add(kind);
        else
            _mailed.Remove(kind);
    }

    private Task SaveAsync() => ActAsync(async actor =>
    {
        if ((await Choices.SaveAsync(actor, _mailed, _daily, CancellationToken.None)).Error is { } fault)
            return fault;
        Notifier.Done(T["Saved"]);
        await ReloadAsync();
        return null;
    });
}
