namespace ProxyPortal.Verification;

/// <summary>Why a request on the verify listener cannot be answered at all: a fault of the caller, never a statement about an account.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable, machine-readable.</param>
/// <param name="Detail">For the one who wires the caller up. Never echoes what was sent.</param>
internal sealed record VerifyFault(int Status, string Code, string Detail)
{
    public static VerifyFault BodyMissing { get; } = new(400, "body_missing", "Send a JSON object.");
    public static VerifyFault BodyTooLarge { get; } = new(413, "body_too_large", "A request body has at most 16 KiB.");
    public static VerifyFault BodyTooSlow { get; } = new(408, "body_timeout", "The body did not arrive in time.");
    public static VerifyFault ContentType { get; } = new(415, "content_type", "Send Content-Type: application/json.");
    public static VerifyFault JsonDuplicate { get; } = new(400, "json_duplicate", "A property stands twice.");
    public static VerifyFault FieldsConflict { get; } = new(400, "fields_conflict", "The fields of two schemes are mixed: send password, token or the Digest fields, not several of them.");
    public static VerifyFault SchemeUnknown { get; } = new(400, "scheme_unknown", "scheme is one of Basic, Digest, Negotiate, NTLM, Bearer.");
    public static VerifyFault UserIdInvalid { get; } = new(400, "userId_invalid", "userId is empty or holds a character that no user-id may hold.");
    public static VerifyFault UserIdTooLong { get; } = new(400, "userId_too_long", "userId has at most 128 characters.");
    public static VerifyFault PasswordInvalid { get; } = new(400, "password_invalid", "password holds a control character.");
    public static VerifyFault PasswordTooLong { get; } = new(400, "password_too_long", "password has at most 256 characters.");
    public static VerifyFault ClientAddressInvalid { get; } = new(400, "clientAddress_invalid", "clientAddress is one IP address in its canonical form.");
    public static VerifyFault SecretInUrl { get; } = new(400, "secret_in_url", "Secrets do not belong into the URL, where logs keep them. Send them in the body, the key in Authorization.");
    public static VerifyFault Target { get; } = new(400, "target_invalid", "The request target holds dot segments.");
    public static VerifyFault NotFound { get; } = new(404, "not_found", "There is nothing at this path.");
    public static VerifyFault Method { get; } = new(405, "method_not_allowed", "Use POST.");
    public static VerifyFault CallerUnknown { get; } = new(401, "caller_unauthenticated", "Send Authorization: Bearer with a valid caller key of your proxy. This says nothing about the user.");
    public static VerifyFault CallerSource { get; } = new(403, "source_out_of_scope", "This caller key may not be used from this address.");
    public static VerifyFault EndpointOutOfScope { get; } = new(403, "endpoint_out_of_scope", "This caller has no endpoint of that name.");
    public static VerifyFault Overloaded { get; } = new(503, "overloaded", "No capacity right now. Nothing was counted; ask again.");
    public static VerifyFault NotReady { get; } = new(503, "not_ready", "The directory is not loaded yet.");

    /// <summary>To be found in the log by the one who reads both.</summary>
    public string? Incident { get; private init; }

    public static VerifyFault Internal(string incident) => new(503, "internal_error", "The portal could not decide. Ask again; the reason is in its log.") { Incident = incident };

    public static VerifyFault JsonInvalid(string? path) => new(400, "json_invalid", path is null ? "The body is not the JSON object that is expected here." : $"{path} does not have the expected type.");

    public static VerifyFault JsonUnknownField(string known) => new(400, "json_unknown_field", $"Only these fields are known: {known}.");

    public static VerifyFault FieldRequired(string fields) => new(400, "field_required", $"Required: {fields}.");
}
