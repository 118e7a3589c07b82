using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Primitives;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ForwardAuth;

/// <summary>Says an outcome by status and headers; the body is always empty, because some callers would parse one.</summary>
internal static class ForwardAnswer
{
    private const int LongestValidFor = 3600;
    private static readonly AuthSchemes[] Registered = [.. AuthScheme.All.Select(entry => entry.Scheme)];
    private static readonly string?[] CacheControls = new string?[LongestValidFor + 1];

    // One list of groups is shared by all users of the same groups; its text is made once, and goes when the list goes.
    private static readonly ConditionalWeakTable<AccessRules, string> GroupTexts = [];

    public static void Write(HttpResponse response, CallerModel caller, in ForwardOptions options, in VerificationOutcome outcome)
    {
        if (outcome.Decision.IsTemporary)
            Write(response, VerifyFault.Overloaded);
        else if (outcome.Decision.Accepted)
            Accept(response, options, outcome);
        else
            Reject(response, caller, options);
    }

    /// <summary>A fault of the caller, or of ours. Never 401: with <c>deny=401</c> it would be the user's rejection, and the proxy would ask
    /// every user for a password that is not the trouble.</summary>
    public static void Write(HttpResponse response, VerifyFault fault)
    {
        response.StatusCode = fault.Status is StatusCodes.Status401Unauthorized ? StatusCodes.Status403Forbidden : fault.Status;
        IHeaderDictionary headers = response.Headers;
        headers.CacheControl = "no-store";
        headers["X-Portal-Error"] = fault.Code;
        if (fault.Incident is { } incident)
            headers["X-Portal-Incident"] = incident;
        if (fault.Status is StatusCodes.Status503ServiceUnavailable)
            headers.RetryAfter = "1";
        response.ContentLength = 0;
    }

    private static void Accept(HttpResponse response, in ForwardOptions options, in VerificationOutcome outcome)
    {
        response.StatusCode = options.Ok;
        if (options.Ok is not StatusCodes.Status204NoContent)
            response.ContentLength = 0;
        IHeaderDictionary headers = response.Headers;
        headers.CacheControl = CacheControl(outcome.ValidForSeconds);
        headers["X-Portal-User"] = HeaderText.Escape(outcome.User!.UserId);
        if (outcome.Device is { } device)
            headers["X-Portal-Device"] = HeaderText.Escape(device.Name);
        if (outcome.User.Access.Now.Groups.Length > 0)
            headers["X-Portal-Groups"] = GroupTexts.GetValue(outcome.User.Access.Now, static rules => string.Join(',', rules.Groups.Select(HeaderText.Escape)));
        // Envoy takes the header away before the origin could see it; to others this says nothing.
        headers["x-envoy-auth-headers-to-remove"] = "proxy-authorization";
    }

    private static void Reject(HttpResponse response, CallerModel caller, in ForwardOptions options)
    {
        response.StatusCode = options.Deny;
        response.ContentLength = 0;
        IHeaderDictionary headers = response.Headers;
        headers.CacheControl = "no-store";
        StringValues challenges = Challenges(options, caller.ChallengeOf);
        if (options.Deny is StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = challenges;
        else
            headers.ProxyAuthenticate = challenges;
        // Once more under a name that no hop-by-hop filter takes away.
        headers["X-Proxy-Authenticate"] = challenges;
    }

    /// <summary>One value is one header line. Clients that know several schemes take the first, so the endpoint says which comes first.</summary>
    internal static StringValues Challenges(in ForwardOptions options, Func<AuthSchemes, string?> challengeOf)
    {
        StringValues challenges = StringValues.Empty;
        foreach (AuthSchemes scheme in options.Endpoint?.InOrder ?? Registered)
        {
            if (options.Schemes.HasFlag(scheme) && challengeOf(scheme) is { } challenge)
                challenges = StringValues.Concat(challenges, challenge);
        }
        return challenges;
    }

    private static string CacheControl(int seconds) =>
        CacheControls[Math.Min(seconds, LongestValidFor)] ??= string.Create(CultureInfo.InvariantCulture, $"private, max-age={Math.Min(seconds, LongestValidFor)}");
}
