using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.HelpDesk;

/// <summary>Verifies a caller by a code that is sent to the mail of the account.</summary>
public partial class CallerPanel
{
    private string? _sentTo;
    private string _code = "";
    private bool _isVerified;
    private Guid _shown;

    [Parameter, EditorRequired]
    public required Guid UserId { get; set; }

    /// <summary>The user-id.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Inject]
    public required HelpDeskService HelpDesk { get; init; }

    protected override void OnParametersSet()
    {
        // That one caller was verified says nothing of the next person's.
        if (_shown != UserId)
            (_shown, _sentTo, _code, _isVerified, Fault) = (UserId, null, "", false, null);
    }

    private Task SendAsync() => ActAsync(async actor =>
    {
        Result<string> sent = await HelpDesk.SendCodeAsync(actor, UserId, CancellationToken.None);
        if (sent.Error is { } error)
            return error;
        (_sentTo, _code, Fault) = (sent.Value, "", null);
        return null;
    });

    private Task CheckAsync() => SubmitAsync(async actor =>
    {
        Result right = await HelpDesk.CheckCodeAsync(actor, UserId, _code, CancellationToken.None);
        _code = "";
        if (right.Error is { } error)
            return error;
        _isVerified = true;
        return null;
    });
}
