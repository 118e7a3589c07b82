using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Announcements;

/// <summary>Announces a change, of the endpoint in the address when it names one.</summary>
public partial class NewAnnouncementPage
{
    private readonly AnnouncementDraft _draft = new();
    private IReadOnlyList<ConnectEndpoint> _choices = [];
    private bool _isAnnounced;

    [SupplyParameterFromQuery(Name = "endpoint")]
    public string? Endpoint { get; set; }

    [Inject]
    public required AnnouncementService Announcements { get; init; }

    [Inject]
    public required ConnectService Connect { get; init; }

    protected override bool SaysFaults => true;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor =>
    {
        if (!actor.May(Permission.EditPublications))
            return AccessControl.Forbidden;
        Result<IReadOnlyList<ConnectEndpoint>> all = await Connect.ListAllAsync(actor, Gone);
        if (all.Error is { } refused)
            return refused;
        _choices = all.Value;
        if (_choices.Any(one => one.Name == Endpoint))
            _draft.Endpoint = Endpoint!;
        return null;
    });

    // The preview is made of the draft: what was refused before says nothing of it.
    private void Look() => Fault = null;

    private Task AnnounceAsync() => _isAnnounced ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        if (_draft.Endpoint.Length > 0 && _draft.Missing is { } missing)
            return missing;
        Result<Guid> announced = await Announcements.AnnounceAsync(actor, _draft.ToInput(), CancellationToken.None);
        if (announced.Error is { } fault)
            return fault;
        _isAnnounced = true;
        Notifier.Done("The change is announced");
        GoOn(PortalUrls.Announcement(announced.Value));
        return null;
    });
}
