using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProxyPortal.Access;
using ProxyPortal.Core;
using ProxyPortal.Data;

namespace ProxyPortal.Mail;

/// <summary>The mails of the portal, and the way they take.</summary>
public partial class MailsPage
{
    private MailStatus? _status;

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateCode { get; set; }

    [Inject]
    private MailService Mails { get; init; } = null!;

    protected override MailListView ReadAddress() => MailListView.Read(Search, StateCode, Page, PageSize);

    protected override async Task<Result<PageOf<MailSummary>>> ReadRowsAsync(Actor actor, MailListView view)
    {
        Result<MailStatus> status = await Mails.GetStatusAsync(actor, Gone);
        if (status.Error is { } error)
            return error;
        _status = status.Value;
        return await Mails.ListAsync(actor, view.Query, Gone);
    }

    private void OnState(ChangeEventArgs change) => Go(View with { State = MailWords.Parse(change.Value as string), Page = 1 });

    private Task ResendAsync(MailSummary mail) => ActAsync(async actor =>
    {
        if ((await Mails.ResendAsync(actor, mail.Id, CancellationToken.None)).Error is { } fault)
            return fault;
        Notifier.Done($"The mail to {mail.To} is on its way");
        await ReloadAsync();
        return null;
    });

    private Task CancelAsync(MailSummary mail) => ActAsync(async actor =>
    {
        if ((await Mails.CancelAsync(actor, mail.Id, CancellationToken.None)).Error is { } fault)
            return fault;
        Notifier.Done($"The mail to {mail.To} is cancelled");
        await ReloadAsync();
        return null;
    });

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
