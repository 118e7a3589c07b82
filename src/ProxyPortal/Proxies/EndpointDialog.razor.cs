using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>Adds an endpoint or edits one. Stays open until it is saved, so that nothing typed is lost.</summary>
public partial class EndpointDialog
{
    private EndpointForm _form = new();
    private EndpointDetail? _theirs;
    private long _version;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public Guid ProxyId { get; set; }

    /// <summary>The endpoint to edit; null for a new one.</summary>
    [Parameter, EditorRequired]
    public EndpointDetail? Endpoint { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Verb { get; set; }

    [Inject]
    public required ProxyService Proxies { get; init; }

    protected override bool SaysFaults => true;

    protected override void OnInitialized()
    {
        if (Endpoint is not null)
            (_form, _version) = (EndpointForm.From(Endpoint), Endpoint.Version);
    }

    private void TakeTheirs() => (_form, _theirs) = (EndpointForm.From(_theirs!), null);

    private Task SaveAsync() => SubmitAsync(async actor =>
    {
        EndpointInput input = _form.ToInput();
        Result saved = Endpoint is null
            ? await Proxies.AddEndpointAsync(actor, ProxyId, input, CancellationToken.None)
            : await Proxies.ChangeEndpointAsync(actor, ProxyId, Endpoint.Id, input, _version, CancellationToken.None);
        if (saved.Error is { } fault)
        {
            if (fault != ProxyService.Conflict || Endpoint is null)
                return fault;
            Result<ProxyDetail> now = await Proxies.GetAsync(actor, ProxyId, Gone);
            _theirs = now.Succeeded ? now.Value.Endpoints.FirstOrDefault(row => row.Id == Endpoint.Id) : null;
            _version = _theirs?.Version ?? _version;
            return _theirs is null ? ProxyService.NotFound : null;
        }
        Notifier.Done(Endpoint is null ? $"Endpoint {input.Name} added" : $"Endpoint {input.Name} saved");
        Dialog.Close(DialogResult.Ok(true));
        return null;
    });
}
