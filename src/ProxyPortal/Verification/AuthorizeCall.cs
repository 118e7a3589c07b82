using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Protocols;
using ProxyPortal.Core.Verification;

namespace ProxyPortal.Verification;

/// <summary><c>POST /api/v1/authorize</c>: may somebody whose secret this proxy has proved already use it now, from there? Squid asks it
/// through an external ACL, because its own cache of passwords knows nothing of expiry and suspension.</summary>
internal sealed class AuthorizeCall(Verifier verifier, TimeProvider time) : IVerifyCall
{
    public string Path => AuthorizeRequest.Path;

    public async Task AnswerAsync(HttpContext context, CallerModel caller)
    {
        (AuthorizeRequest? request, VerifyFault? fault) = await VerifyCallBody.ReadAsync(context, AuthorizeJsonContext.Default.AuthorizeRequest);
        VerificationOutcome outcome = default;
        fault ??= TryAuthorize(caller, request!, out outcome);
        if (fault is null)
            VerifyAnswer.Write(context.Response, outcome);
        else
            VerifyAnswer.Write(context.Response, fault);
    }

    private VerifyFault? TryAuthorize(CallerModel caller, AuthorizeRequest request, out VerificationOutcome outcome)
    {
        outcome = default;
        if (string.IsNullOrEmpty(request.UserId))
            return VerifyFault.FieldRequired("userId");
        if (!VerifyCallBody.TryEndpoint(caller, request.Endpoint, out EndpointModel? endpoint))
            return VerifyFault.EndpointOutOfScope;
        if (!VerifyCallBody.TryAddress(request.ClientAddress, out IPAddress? address))
            return VerifyFault.ClientAddressInvalid;
        AuthSchemes scheme = AuthSchemes.Basic;
        if (request.Scheme is { } name && !AuthScheme.TryParse(name, out scheme))
            return VerifyFault.SchemeUnknown;
        Span<char> login = stackalloc char[LoginName.MaxBytes];
        if (VerifyCallBody.TryLogin(request.UserId, login, out int length) is { } fault)
            return fault;
        var question = new Question(caller, new VerificationRequest(time.GetUtcNow().UtcTicks, scheme, endpoint, address, endpoint is null ? caller.SchemesOfAll : default));
        outcome = verifier.Authorize(question, login[..length]);
        return null;
    }
}

/// <summary>Strict: what is not known, stands twice or has the wrong type is a fault.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.General,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(AuthorizeRequest))]
[JsonSerializable(typeof(BackfillRequest))]
internal sealed partial class AuthorizeJsonContext : JsonSerializerContext;
