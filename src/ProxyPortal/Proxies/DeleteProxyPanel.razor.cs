using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Integrations.Squid;

namespace ProxyPortal.Proxies;

/// <summary>Deletes a proxy for good, after its name was typed.</summary>
public partial class DeleteProxyPanel
{
    [Parameter, EditorRequired]
    public required ProxyDetail Proxy { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset? LastCallAt { get; set; }

    [Inject]
    public required ProxyService Proxies { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    private string Consequence
    {
        get
        {
            int keys = Proxy.Keys.Count(key => key.RevokedAt is null);
            string stops = Proxy.Endpoints.Count == 0 ? "" : $" Users of {string.Join(", ", Proxy.Endpoints.Select(endpoint => endpoint.Address))} get a 407 at the latest {SquidConfig.CredentialsTtlSeconds} seconds later.";
            string calls = !ProxySilence.IsSilent(LastCallAt, Time.GetUtcNow()) ? " It is calling right now." : "";
            return $"Every caller that uses {(keys == 1 ? "its key" : $"one of its {keys} valid keys")} is refused from now on.{calls}{stops} Endpoints and keys are gone for good; groups lose the endpoints.";
        }
    }

    private async Task DeleteAsync()
    {
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Delete {Proxy.Name}?", Consequence, "Delete proxy", IsDangerous: true, TypeToConfirm: Proxy.Name)))
            return;
        await ActAsync(async actor =>
        {
            Result deleted = await Proxies.DeleteAsync(actor, Proxy.Id, CancellationToken.None);
            if (deleted.Error is { } fault)
                return fault;
            Notifier.Done($"{Proxy.Name} deleted");
            GoOn(PortalUrls.Proxies);
            return null;
        });
    }
}
