using ProxyPortal.Integrations.ForwardAuth;
using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ExtAuthz;

/// <summary>
/// ANY /auth/ext-authz/…: for Envoy's HTTP service and Apache Traffic Server, which append the client's own path and query. Both are ignored:
/// exactly 200 or 407, at the caller's only endpoint.
/// </summary>
internal sealed class ExtAuthzDialect(HeaderLogin logins) : IDialect
{
    public string Path => "/auth/ext-authz/";

    public ReadOnlySpan<char> CallerKeyOf(HttpContext context) => CallerKeys.InOwnHeader(context.Request.Headers);

    public void Say(HttpResponse response, VerifyFault fault) => ForwardAnswer.Write(response, fault);

    public Task AnswerAsync(HttpContext context, CallerModel caller) => logins.AnswerAsync(context, caller, ForwardOptions.Of(caller));
}
