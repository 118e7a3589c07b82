using Microsoft.AspNetCore.Components;
using ProxyPortal.Core;

namespace ProxyPortal.Mail;

/// <summary>Tries the way of mails before somebody's eyes.</summary>
public partial class MailTestPanel
{
    private readonly List<MailTestStep> _steps = [];
    private string _to = "";

    [Inject]
    private MailTest Test { get; init; } = null!;

    private Task RunAsync() => SubmitAsync(async actor =>
    {
        _steps.Clear();
        Result<IReadOnlyList<MailTestStep>> run = await Test.RunAsync(actor, _to, step => _ = InvokeAsync(() =>
        {
            _steps.Add(step);
            StateHasChanged();
        }), Gone);
        return run.Error;
    });
}
