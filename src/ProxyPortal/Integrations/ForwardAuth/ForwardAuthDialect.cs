using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ForwardAuth;

/// <summary>
/// ANY /auth/forward: may this request pass? Asked by headers and answered by a status, as HAProxy, nginx, Caddy, Traefik and FreeRADIUS do
/// it. A body, should one come, is the client's and is not read.
/// </summary>
internal sealed class ForwardAuthDialect(HeaderLogin logins) : IDialect
{
    public const string Target = "/auth/forward";

    public string Path => Target;

    // Authorization is an origin's or a user's here, never the proxy's own.
    public ReadOnlySpan<char> CallerKeyOf(HttpContext context) => CallerKeys.InOwnHeader(context.Request.Headers);

    public void Say(HttpResponse response, VerifyFault fault) => ForwardAnswer.Write(response, fault);

    public Task AnswerAsync(HttpContext context, CallerModel caller)
    {
        if (ForwardOptions.Read(RequestTarget.QueryOf(RequestTarget.Raw(context)), caller, out ForwardOptions options) is { } fault)
        {
            Say(context.Response, fault);
            return Task.CompletedTask;
        }
        return logins.AnswerAsync(context, caller, options);
    }
}
