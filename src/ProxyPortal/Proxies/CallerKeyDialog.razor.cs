using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Core;

namespace ProxyPortal.Proxies;

/// <summary>From where and until when one key works.</summary>
public partial class CallerKeyDialog
{
    private string _networks = "";
    private DateTimeOffset? _expiresAt;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public Guid ProxyId { get; set; }

    [Parameter, EditorRequired]
    public required CallerKeyDetail Key { get; set; }

    [Inject]
    public required CallerKeyService Keys { get; init; }

    protected override bool SaysFaults => true;

    protected override void OnInitialized() => (_networks, _expiresAt) = (string.Join('\n', Key.Networks), Key.ExpiresAt);

    private Task SaveAsync() => SubmitAsync(async actor =>
    {
        var input = new CallerKeyInput
        {
            Networks = _networks.Split(['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            ExpiresAt = _expiresAt,
        };
        Result saved = await Keys.ChangeAsync(actor, ProxyId, Key.Id, input, CancellationToken.None);
        if (saved.Error is { } fault)
            return fault;
        Notifier.Done($"Key {Key.Hint} saved");
        Dialog.Close(DialogResult.Ok(true));
        return null;
    });
}
