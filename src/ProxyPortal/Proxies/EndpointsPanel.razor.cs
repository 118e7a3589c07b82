using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>The ways in to one proxy.</summary>
public partial class EndpointsPanel
{
    [Parameter, EditorRequired]
    public required ProxyDetail Proxy { get; set; }

    [Parameter, EditorRequired]
    public bool MayEdit { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required ProxyService Proxies { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    private Task AddAsync() => OpenAsync($"Add an endpoint to {Proxy.Name}", "Add endpoint", null);

    private Task EditAsync(EndpointDetail endpoint) => OpenAsync($"Edit endpoint {endpoint.Name}", "Save changes", endpoint);

    private async Task OpenAsync(string title, string verb, EndpointDetail? endpoint)
    {
        var parameters = new DialogParameters<EndpointDialog>
        {
            { dialog => dialog.ProxyId, Proxy.Id },
            { dialog => dialog.Endpoint, endpoint },
            { dialog => dialog.Title, title },
            { dialog => dialog.Verb, verb },
        };
        IDialogReference reference = await Dialogs.ShowAsync<EndpointDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        // Also after Cancel: a conflict may have shown that the list is old.
        await reference.Result;
        await OnChanged.InvokeAsync();
    }

    private async Task RemoveAsync(EndpointDetail endpoint)
    {
        if (!await Dialogs.ConfirmAsync(new Confirmation(
            $"Remove endpoint {endpoint.Name}?",
            $"Calls that name {endpoint.Name} are refused from now on, so whoever uses {endpoint.Address} gets a 407 as soon as the proxy asks again. Groups that allow this endpoint lose it.",
            "Remove endpoint", IsDangerous: true)))
            return;
        await ActAsync(async actor =>
        {
            Result removed = await Proxies.RemoveEndpointAsync(actor, Proxy.Id, endpoint.Id, CancellationToken.None);
            if (removed.Error is { } fault)
                return fault;
            Notifier.Done($"Endpoint {endpoint.Name} removed");
            await OnChanged.InvokeAsync();
            return null;
        });
    }
}
