using System.Net;
using ProxyPortal.Core.Http;
using ProxyPortal.Core.Protocols;

namespace ProxyPortal.Verification;

/// <summary><c>POST /api/v1/verify/backfill</c>: a helper tells afterwards whom it let in on the last known good while the portal was
/// away. Events without an answer: all it can do is to be recorded.</summary>
internal sealed class BackfillCall(VerificationActivity activity, TimeProvider time)
    : JsonDialect<BackfillRequest>(BackfillRequest.Path, AuthorizeJsonContext.Default.BackfillRequest)
{
    private const int LongestAgo = 24 * 60 * 60;

    protected override VerifyFault? Answer(HttpResponse response, CallerModel caller, BackfillRequest request)
    {
        List<StaleServing> servings = [];
        if (TryRead(caller, request, servings) is { } fault)
            return fault;
        // All of them or none: a helper sends a batch again that was refused.
        foreach (StaleServing serving in servings)
            activity.RecordServedStale(serving);
        response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    private VerifyFault? TryRead(CallerModel caller, BackfillRequest request, List<StaleServing> servings)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (request.Served is not { Count: > 0 and <= BackfillRequest.MaxEntries } served)
            return VerifyFault.FieldRequired($"served, 1 to {BackfillRequest.MaxEntries} entries");
        Span<char> login = stackalloc char[LoginName.MaxBytes];
        foreach (ServedStale entry in served)
        {
            if (entry is null || entry.Count < 1 || entry.LastAgo < 0 || entry.FirstAgo < entry.LastAgo || entry.FirstAgo > LongestAgo)
                return VerifyFault.FieldRequired("served[].count of at least 1, firstAgo and lastAgo in seconds up to a day");
            if (!TryAddress(entry.ClientAddress, out IPAddress? address))
                return VerifyFault.ClientAddressInvalid;
            int length = 0;
            if (entry.UserId is not null && TryLogin(entry.UserId, login, out length) is { } fault)
                return fault;
            servings.Add(new StaleServing(
                now.AddSeconds(-entry.FirstAgo), now.AddSeconds(-entry.LastAgo), caller.Name, login[..length].ToString(), address, entry.Count));
        }

        return null;
    }
}
