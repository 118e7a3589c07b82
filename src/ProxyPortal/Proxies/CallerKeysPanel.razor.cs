using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Integrations.Squid;

namespace ProxyPortal.Proxies;

/// <summary>The keys of one proxy: issue a second one, bring it there, revoke the first.</summary>
public partial class CallerKeysPanel
{
    private string? _key;
    private bool _isSaved;

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

    private List<CallerKeyDetail> Valid => [.. Proxy.Keys.Where(key => key.RevokedAt is null)];

    private void Saved() => (_key, _isSaved) = (null, true);

    private Task IssueAsync() => ActAsync(async actor =>
    {
        Result<IssuedCallerKey> issued = await Proxies.IssueKeyAsync(actor, Proxy.Id, CancellationToken.None);
        if (issued.Error is { } fault)
            return fault;
        (_key, _isSaved) = (issued.Value.Key, false);
        await OnChanged.InvokeAsync();
        return null;
    });

    private async Task RevokeAsync(CallerKeyDetail key)
    {
        string consequence = Valid.Count == 1
            ? $"This is the only valid key of {Proxy.Name}. Every call is refused from now on and its users get a 407, at the latest {SquidConfig.CredentialsTtlSeconds} seconds from now. Nobody gets through until the proxy has a new key."
            : $"Calls of {Proxy.Name} that use this key are refused from now on; calls with the other key go on. See first that the proxy has the other one.";
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Revoke key {key.Hint}?", $"{consequence} A revoked key cannot be brought back.", "Revoke key", IsDangerous: true)))
            return;
        await ActAsync(async actor =>
        {
            Result revoked = await Proxies.RevokeKeyAsync(actor, Proxy.Id, key.Id, CancellationToken.None);
            if (revoked.Error is { } fault)
                return fault;
            Notifier.Done($"Key {key.Hint} revoked");
            await OnChanged.InvokeAsync();
            return null;
        });
    }
}
