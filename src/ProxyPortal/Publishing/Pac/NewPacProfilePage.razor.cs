using ProxyPortal.Access;
using ProxyPortal.Core;

namespace ProxyPortal.Publishing.Pac;

/// <summary>Adds a PAC profile.</summary>
public partial class NewPacProfilePage
{
    private bool _isCreated;

    protected override Task OnInitializedAsync() => ReloadAsync();

    private Task ReloadAsync() => LoadAsync(async actor => actor.May(Permission.EditPublications) ? await BeginAsync(actor, new PacProfileDraft()) : AccessControl.Forbidden);

    private Task CreateAsync() => _isCreated ? Task.CompletedTask : SubmitAsync(async actor =>
    {
        Result<Guid> created = await Profiles.CreateAsync(actor, Draft.ToInput(), CancellationToken.None);
        if (created.Error is { } fault)
            return fault;
        _isCreated = true;
        Notifier.Done($"{Draft.Name.Trim()} added");
        GoOn(PortalUrls.PacProfile(created.Value));
        return null;
    });
}
