using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using ProxyPortal.Core.Http;
using ProxyPortal.Verification;

namespace ProxyPortal.Integrations.ForwardAuth;

/// <summary>Finds a user's credentials in the headers that a proxy passed on, asks the engine about them, and answers.</summary>
internal sealed class HeaderLogin(Verifier verifier, TimeProvider time)
{
    private const string MirroredCredentials = "X-Proxy-Authorization";
    private const string ForwardedForHeader = "X-Forwarded-For";

    /// <summary>Asks, and answers by status and headers.</summary>
    public Task AnswerAsync(HttpContext context, CallerModel caller, in ForwardOptions options)
    {
        if (Ask(context.Request.Headers, caller, options, out ValueTask<VerificationOutcome> pending) is { } fault)
            ForwardAnswer.Write(context.Response, fault);
        else if (pending.IsCompletedSuccessfully)
            ForwardAnswer.Write(context.Response, caller, options, pending.Result);
        else
            return WriteWhenKnownAsync(context.Response, caller, options, pending);
        return Task.CompletedTask;
    }

    private static async Task WriteWhenKnownAsync(HttpResponse response, CallerModel caller, ForwardOptions options, ValueTask<VerificationOutcome> pending) =>
        ForwardAnswer.Write(response, caller, options, await pending);

    private VerifyFault? Ask(IHeaderDictionary headers, CallerModel caller, in ForwardOptions options, out ValueTask<VerificationOutcome> pending)
    {
        pending = default;
        // A 407 without a challenge is no 407: that nothing can be offered is a fault of the configuration.
        if (options.Schemes is AuthSchemes.None)
            return ForwardFaults.NothingOffered;
        if (!TryFind(headers, options.FromAuthorization, out string? presented))
            return ForwardFaults.Ambiguous;
        StringValues forwardedFor = headers[ForwardedForHeader];
        IPAddress? address = null;
        if (forwardedFor.Count > 0 && !ForwardedFor.TryRightmost(forwardedFor[^1], out address))
            return VerifyFault.ClientAddressInvalid;
        long now = time.GetUtcNow().UtcTicks;
        if (presented is null)
            pending = new(verifier.NotPresented(caller.Asks(now, AuthSchemes.None, options.Endpoint, address)));
        else if (!ProxyCredentials.TryParse(presented, out ProxyCredentials credentials))
            pending = new(verifier.Unreadable(caller.Asks(now, AuthSchemes.None, options.Endpoint, address)));
        else
            pending = Weigh(caller.Asks(now, credentials.Scheme, options.Endpoint, address), credentials, options.Schemes);
        return null;
    }

    private ValueTask<VerificationOutcome> Weigh(in Question question, in ProxyCredentials credentials, AuthSchemes offered)
    {
        // What was not offered is not looked at: narrowing the schemes must narrow what opens the door too.
        if ((credentials.Scheme & offered) is not AuthSchemes.Basic)
            return new(verifier.Unsupported(question));
        Span<byte> buffer = stackalloc byte[BasicCredentials.BufferLength];
        bool isReadable = BasicCredentials.TryDecode(credentials.Text, buffer, out ReadOnlySpan<byte> userId, out ReadOnlySpan<byte> secret);
        ValueTask<VerificationOutcome> pending = default;
        isReadable = isReadable && TypedLogin.Ask(verifier, question, userId, secret, out pending) is null;
        CryptographicOperations.ZeroMemory(buffer);
        return isReadable ? pending : new(verifier.Unreadable(question));
    }

    // An empty header is none: it is how some proxies delete one, and how others fill in a value that is not there.
    private static bool TryFind(IHeaderDictionary headers, bool fromAuthorization, out string? presented)
    {
        if (fromAuthorization)
            return TryOne(headers.Authorization, out presented);
        return TryOne(headers.ProxyAuthorization, out presented) && (presented is not null || TryOne(headers[MirroredCredentials], out presented));
    }

    private static bool TryOne(StringValues values, out string? presented)
    {
        presented = values.Count == 1 && !string.IsNullOrWhiteSpace(values[0]) ? values[0] : null;
        return values.Count <= 1;
    }
}
