using System.Net;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Protocols;
using ProxyPortal.Core.Verification;
using ProxyPortal.Verification.Events;

namespace ProxyPortal.Verification;

/// <summary><c>POST /api/v1/verify/backfill</c>: a helper tells afterwards whom it let in on the last known good while the portal was
/// away. Events without an answer: all it can do is to be recorded.</summary>
internal sealed class BackfillCall(DirectoryIndex index, VerificationEvents events, TimeProvider time)
    : JsonDialect<BackfillRequest>(BackfillRequest.Path, AuthorizeJsonContext.Default.BackfillRequest)
{
    private const int LongestAgo = 24 * 60 * 60;

    protected override VerifyFault? Answer(HttpResponse response, CallerModel caller, BackfillRequest request)
    {
        if (request.Served is not { Count: > 0 and <= BackfillRequest.MaxEntries } served)
            return VerifyFault.FieldRequired($"served, 1 to {BackfillRequest.MaxEntries} entries");
        // All of them or none: a helper sends a batch again that was refused.
        foreach (ServedStale entry in served)
        {
            if (Record(caller, entry, isRehearsal: true) is { } fault)
                return fault;
        }
        foreach (ServedStale entry in served)
            Record(caller, entry, isRehearsal: false);
        response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    private VerifyFault? Record(CallerModel caller, ServedStale? entry, bool isRehearsal)
    {
        if (entry is null || entry.Count < 1 || entry.LastAgo < 0 || entry.FirstAgo < entry.LastAgo || entry.FirstAgo > LongestAgo)
            return VerifyFault.FieldRequired("served[].count of at least 1, firstAgo and lastAgo in seconds up to a day");
        if (!TryAddress(entry.ClientAddress, out IPAddress? address))
            return VerifyFault.ClientAddressInvalid;
        Span<char> login = stackalloc char[LoginName.MaxBytes];
        int length = 0;
        if (entry.UserId is not null && TryLogin(entry.UserId, login, out length) is { } fault)
            return fault;
        if (isRehearsal)
            return null;
        LoginName.Split(login[..length], out ReadOnlySpan<char> userId, out ReadOnlySpan<char> deviceName);
        UserModel? user = index.FindUser(userId);
        long at = time.GetUtcNow().AddSeconds(-entry.LastAgo).UtcTicks;
        events.Record(new VerificationRecord
        {
            Id = VerificationId.Create(at),
            At = at,
            Caller = caller,
            Endpoint = caller.DefaultEndpoint,
            Scheme = AuthSchemes.Basic,
            User = user,
            Device = deviceName.IsEmpty ? null : user?.FindDevice(deviceName),
            Login = login[..length],
            Source = address,
            Reason = RejectionReason.None,
            Count = entry.Count,
            ServedStale = true,
        });
        return null;
    }
}
