using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProxyPortal.Access;
using ProxyPortal.Components.Shared;
using ProxyPortal.Components.Theme;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.ApiTokens;

/// <summary>The tokens of programs: make one, see when it was last used, end it.</summary>
public partial class ApiTokensPage
{
    private bool _isMaking;

    [Inject]
    public required ApiTokenService Tokens { get; init; }

    [Inject]
    public required IDialogService Dialogs { get; init; }

    protected override ApiTokenListView ReadAddress() => new(ListAddress.ReadPage(Page), ListAddress.ReadSize(PageSize));

    protected override Task<Result<PageOf<ApiTokenSummary>>> ReadRowsAsync(Actor actor, ApiTokenListView view) => Tokens.ListAsync(actor, view.Page - 1, view.PageSize, Gone);

    private void Begin() => _isMaking = true;

    private void End() => _isMaking = false;

    private async Task RevokeAsync(ApiTokenSummary token)
    {
        if (!await Dialogs.ConfirmAsync(new Confirmation($"Revoke {token.Name}?",
            "The next call with this token is refused. A revoked token cannot be brought back.", "Revoke token", IsDangerous: true)))
            return;
        await ActAsync(async actor =>
        {
            Result revoked = await Tokens.RevokeAsync(actor, token.Id, CancellationToken.None);
            if (revoked.Error is { } fault)
                return fault;
            Notifier.Done($"{token.Name} revoked");
            await ReloadAsync();
            return null;
        });
    }

    // Of a bootstrap file that was written for another release.
    private static string Say(string scope) =>
        scope == ApiScopes.Everything ? "everything" : ApiScopes.All.Contains(scope) ? scope : $"{scope} (unknown to this release: allows nothing)";

    private static StatusTone ToneOf(ApiTokenSummary token) => token.State switch
    {
        ApiTokenState.Valid => StatusTone.Well,
        ApiTokenState.Expired => StatusTone.Wrong,
        _ => StatusTone.Off,
    };
}
