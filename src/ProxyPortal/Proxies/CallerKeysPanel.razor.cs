using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Components.Shared;
using ProxyPortal.Core;
using ProxyPortal.Integrations.Squid;

namespace ProxyPortal.Proxies;

/// <summary>The keys of one proxy: issue a second one, bring it there, revoke the first.</summary>
public partial class CallerKeysPanel
{
    private const string IssuedExplanation = "Shown only now. Bring it to the proxy, see that it calls, then revoke the old key.";
    private string? _key;
    private string _explanation = IssuedExplanation;
    private bool _isSaved;

    [Parameter, EditorRequired]
    public required ProxyDetail Proxy { get; set; }

    [Parameter, EditorRequired]
    public bool MayEdit { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required CallerKeyService Keys { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    private DateTimeOffset Now => Time.GetUtcNow();

    private List<CallerKeyDetail> Valid => [.. Proxy.Keys.Where(key => key.IsValid(Now))];

    private void Saved() => (_key, _isSaved) = (null, true);

    private Task IssueAsync() => ShowNewAsync(actor => Keys.IssueAsync(actor, Proxy.Id, new CallerKeyInput(), CancellationToken.None), IssuedExplanation);

    // What holds for the present key should hold for the one in its place.
    private async Task RotateAsync()
    {
        CallerKeyDetail present = Valid[0];
        var input = new CallerKeyInput { Networks = present.Networks, Scopes = present.Scopes };
        int hours = CallerKeyRules.UsualOverlapHours;
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Rotate the key of {Proxy.Name}?",
            $"You get a new key. {present.Hint} goes on working for {hours} hours and ends by itself{(Valid.Count > 1 ? $"; {Valid[1].Hint} ends now" : "")}. Bring the new key to the proxy before then.",
            "Rotate key")))
            return;
        await ShowNewAsync(actor => Keys.RotateAsync(actor, Proxy.Id, input, hours, CancellationToken.None),
            $"Shown only now. Bring it to the proxy within {hours} hours: the old key ends by itself.");
    }

    private Task ShowNewAsync(Func<Access.Actor, Task<Result<IssuedCallerKey>>> issue, string explanation) => ActAsync(async actor =>
    {
        Result<IssuedCallerKey> issued = await issue(actor);
        if (issued.Error is { } fault)
            return fault;
        (_key, _isSaved, _explanation) = (issued.Value.Key, false, explanation);
        await OnChanged.InvokeAsync();
        return null;
    });

    private async Task EditAsync(CallerKeyDetail key)
    {
        string title = $"Edit key {key.Hint}";
        var parameters = new DialogParameters<CallerKeyDialog> { { dialog => dialog.ProxyId, Proxy.Id }, { dialog => dialog.Key, key } };
        IDialogReference reference = await Dialogs.ShowAsync<CallerKeyDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        if (await reference.Result is { Canceled: false })
            await OnChanged.InvokeAsync();
    }

    private async Task RevokeAsync(CallerKeyDetail key)
    {
        string consequence = Valid.Count == 1
            ? $"This is the only valid key of {Proxy.Name}. Every call is refused from now on and its users get a 407, at the latest {SquidConfig.CredentialsTtlSeconds} seconds from now. Nobody gets through until the proxy has a new key."
            : $"Calls of {Proxy.Name} that use this key are refused from now on; calls with the other key go on. See first that the proxy has the other one.";
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Revoke key {key.Hint}?", $"{consequence} A revoked key cannot be brought back.", "Revoke key", IsDangerous: true)))
            return;
        await ActAsync(async actor =>
        {
            Result revoked = await Keys.RevokeAsync(actor, Proxy.Id, key.Id, CancellationToken.None);
            if (revoked.Error is { } fault)
                return fault;
            Notifier.Done($"Key {key.Hint} revoked");
            await OnChanged.InvokeAsync();
            return null;
        });
    }
}
