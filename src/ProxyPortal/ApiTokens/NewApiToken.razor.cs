using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Account.Sessions;
using ProxyPortal.Core;

namespace ProxyPortal.ApiTokens;

/// <summary>Makes a token, for someone who proved minutes ago who they are, and shows it once.</summary>
public partial class NewApiToken
{
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);
    private string _name = "";
    private DateTimeOffset? _expiresAt;
    private string? _token;
    private bool _isFresh;

    /// <summary>A token was made.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    /// <summary>The token was saved elsewhere, or is not wanted.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnDone { get; set; }

    [Inject]
    public required ApiTokenService Tokens { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _expiresAt = Tokens.UsualEnd;
        _isFresh = SessionRules.IsFresh((await CurrentActor.GetAsync()).ProvedAt, Time.GetUtcNow());
    }

    private void Choose(string scope, bool chosen)
    {
        if (chosen)
            _scopes.Add(scope);
        else
            _scopes.Remove(scope);
    }

    private Task CreateAsync() => SubmitAsync(async actor =>
    {
        Result<CreatedApiToken> created = await Tokens.CreateAsync(actor, new ApiTokenInput(_name.Trim(), [.. _scopes], _expiresAt), CancellationToken.None);
        if (created.Error is { } fault)
        {
            // The form was open for longer than the proof holds.
            _isFresh = fault != AccessControl.ProofTooOld;
            return fault;
        }
        _token = created.Value.Token;
        await OnChanged.InvokeAsync();
        return null;
    });
}
