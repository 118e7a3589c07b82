using Microsoft.EntityFrameworkCore;
using ProxyPortal.Core;
using ProxyPortal.Data;
using ProxyPortal.Users;

namespace ProxyPortal.Asking;

/// <summary>What a request may hold, and how it is found and shaped in SQL.</summary>
internal static class RequestRules
{
    /// <summary>A request that nobody decides lapses after this time.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(14);

    /// <summary>For how long one may ask; null = without end.</summary>
    public static IReadOnlyList<int?> Lengths { get; } = [1, 7, 30, 90, 365, null];

    public static Error NotFound { get; } = new("not_found", "There is no such request.");

    public static Error NotWaiting { get; } = new("not_requested", "This request does not wait any more: somebody decided it, or it was withdrawn.");

    public static Error Lapsed { get; } = new("request_lapsed", "Nobody decided this request in time. It can be made again.");

    public static Error Conflict { get; } = new("conflict", "Someone else changed this request meanwhile. Look at the new state and try again.");

    /// <summary>Errors: <c>reason_required</c>, <c>reason_invalid</c>, <c>days_invalid</c>.</summary>
    public static Error? Check(string? reason, int? days, bool isReasonRequired = true)
    {
        if (isReasonRequired && string.IsNullOrWhiteSpace(reason))
            return new Error("reason_required", "Say why; whoever decides was not there.", "reason");
        if (reason?.Length > AccessRequestConfiguration.TextLength || !UserInputRules.IsText(reason))
            return Error.Of("reason_invalid", $"At most {AccessRequestConfiguration.TextLength} characters, and no control characters but line breaks and tabs.", "reason");
        return Lengths.Contains(days) ? null : new Error("days_invalid", "Choose one of the lengths that are offered.", "days");
    }

    /// <summary>Errors as <see cref="Check(string?, int?, bool)"/>, <c>name_invalid</c>, <c>email_invalid</c>.</summary>
    public static Error? Check(AccessRequestInput input)
    {
        string name = input.Name.Trim();
        if (name.Length is 0 or > UserConfiguration.DisplayNameLength || !UserInputRules.IsText(name) || name.Any(char.IsControl))
            return Error.Of("name_invalid", $"Give your name: at most {UserConfiguration.DisplayNameLength} characters, no line breaks.", "name");
        return UserInputRules.IsMailAddress(input.Mail.Trim()) ? Check(input.Reason, input.Days) : new Error("email_invalid", "Give one mail address such as alice@example.test.", "email");
    }

    public static IQueryable<AccessRequest> WithStatus(this IQueryable<AccessRequest> requests, RequestStatus status, DateTimeOffset now) => status switch
    {
        RequestStatus.Waiting => requests.Where(request => request.State == RequestState.Waiting && request.EndsAt > now),
        RequestStatus.Lapsed => requests.Where(request => request.State == RequestState.Waiting && request.EndsAt <= now),
        RequestStatus.Accepted => requests.Where(request => request.State == RequestState.Accepted),
        RequestStatus.Declined => requests.Where(request => request.State == RequestState.Declined),
        RequestStatus.Withdrawn => requests.Where(request => request.State == RequestState.Withdrawn),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>By name, user-id, mail address or group. Errors: <c>search_too_long</c>.</summary>
    public static Result<IQueryable<AccessRequest>> Search(this IQueryable<AccessRequest> requests, string? text)
    {
        if (text is { Length: > LikePattern.LongestSearch })
            return Error.Of("search_too_long", $"Search for at most {LikePattern.LongestSearch} characters.", "search");
        if (string.IsNullOrWhiteSpace(text))
            return Found(requests);
        string pattern = LikePattern.Containing(text.ToLowerInvariant());
#pragma warning disable CA1304, CA1311 // Runs in the database.
        return Found(requests.Where(request => EF.Functions.Like(request.Mail!.ToLower(), pattern, LikePattern.Escape) || EF.Functions.Like(request.Name!.ToLower(), pattern, LikePattern.Escape)
            || EF.Functions.Like(request.User!.UserName, pattern, LikePattern.Escape) || EF.Functions.Like(request.User.NormalizedDisplayName, pattern, LikePattern.Escape)
            || EF.Functions.Like(request.Group!.Name.ToLower(), pattern, LikePattern.Escape)));
#pragma warning restore CA1304, CA1311
    }

    public static IQueryable<RequestSummary> Summaries(this IQueryable<AccessRequest> requests, DateTimeOffset now) => requests.AsNoTracking().Select(request => new RequestSummary(
        request.Id, request.Kind, StatusOf(request.State, request.EndsAt, now),
        new RequestAsker(request.UserId, request.User == null ? null : request.User.UserName, request.User == null ? request.Name ?? "" : request.User.DisplayName, request.Mail ?? request.User!.Email),
        request.Group == null ? null : request.Group.Name, request.Reason, request.Days, request.AskedAt, request.EndsAt,
        request.DecidedAt == null ? null : new RequestDecision(request.DecidedAt.Value, request.DecidedBy, request.DecisionReason), request.MemberUntil));

    public static RequestStatus StatusOf(RequestState state, DateTimeOffset endsAt, DateTimeOffset now) => state switch
    {
        RequestState.Accepted => RequestStatus.Accepted,
        RequestState.Declined => RequestStatus.Declined,
        RequestState.Withdrawn => RequestStatus.Withdrawn,
        _ => endsAt <= now ? RequestStatus.Lapsed : RequestStatus.Waiting,
    };

    private static Result<T> Found<T>(T value) => value;
}
