using ProxyPortal.Core;
using ProxyPortal.Management;

namespace ProxyPortal.Mail;

/// <summary><c>/api/v1/mails</c>.</summary>
internal static class MailsApi
{
    public static void MapMailsApi(this RouteGroupBuilder api)
    {
        RouteGroupBuilder mails = api.MapGroup("/mails").WithTags("Mail");
        mails.MapGet("", ListAsync).WithName("listMails").WithSummary("Lists mails, latest first, without what they say")
            .WithDescription("state is queued, sent, failed or cancelled.").IsPaged("search", "state").Produces<ApiPage<MailSummary>>();
        mails.MapGet("/status", StatusAsync).WithName("getMailStatus").WithSummary("Shows how mail goes").TakesQuery().Produces<MailStatus>();
        mails.MapPost("/{id:guid}/send", ResendAsync).WithName("sendMail").WithSummary("Sends a mail now, or once more")
            .WithDescription("What held a link or code cannot be sent again once it was: it is not kept.").TakesQuery().Produces(StatusCodes.Status204NoContent);
        mails.MapPost("/{id:guid}/cancel", CancelAsync).WithName("cancelMail").WithSummary("Keeps a mail that waits from leaving").TakesQuery().Produces(StatusCodes.Status204NoContent);
        mails.MapPost("/test", TestAsync).WithName("testMail").WithSummary("Sends a test mail, and tells each step").TakesQuery().Produces<MailTestAnswer>();
    }

    private static async Task<IResult> ListAsync(ApiCaller caller, HttpContext context, MailService mails, CancellationToken cancellationToken)
    {
        Result<ApiQuery> query = ApiQuery.ReadPaging(context.Request.Query, "search", "state");
        if (query.Error is { } fault)
            return ApiProblem.Of(fault);
        string? code = ApiQuery.Text(context.Request.Query, "state");
        MailState? state = MailWords.Parse(code);
        if (code is not null && state is null)
            return ApiProblem.Of(new Error("state_invalid", "state is queued, sent, failed or cancelled.", "state"));
        return (await mails.ListAsync(caller.Actor, new MailQuery(ApiQuery.Text(context.Request.Query, "search"), state, query.Value.Page, query.Value.PageSize), cancellationToken)).OkPage(mail => mail);
    }

    private static async Task<IResult> StatusAsync(ApiCaller caller, MailService mails, CancellationToken cancellationToken) =>
        (await mails.GetStatusAsync(caller.Actor, cancellationToken)).Ok(status => status);

    private static async Task<IResult> ResendAsync(ApiCaller caller, Guid id, MailService mails, CancellationToken cancellationToken) =>
        (await mails.ResendAsync(caller.Actor, id, cancellationToken)).NoContent();

    private static async Task<IResult> CancelAsync(ApiCaller caller, Guid id, MailService mails, CancellationToken cancellationToken) =>
        (await mails.CancelAsync(caller.Actor, id, cancellationToken)).NoContent();

    private static async Task<IResult> TestAsync(ApiCaller caller, MailTestBody body, MailTest test, CancellationToken cancellationToken) =>
        (await test.RunAsync(caller.Actor, body.To, null, cancellationToken)).Ok(steps => new MailTestAnswer(steps.All(step => step.Succeeded), steps));
}

/// <param name="To">Where the test mail goes.</param>
internal sealed record MailTestBody(string To);

/// <param name="Succeeded">Whether every step worked.</param>
/// <param name="Steps">In order, to the first that did not.</param>
internal sealed record MailTestAnswer(bool Succeeded, IReadOnlyList<MailTestStep> Steps);
