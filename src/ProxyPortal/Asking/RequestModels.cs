using System.Text.Json;
using ProxyPortal.Core;

namespace ProxyPortal.Asking;

/// <summary>What a request amounts to at a moment.</summary>
public enum RequestStatus
{
    Waiting = 0,
    Accepted = 1,
    Declined = 2,
    Withdrawn = 3,

    /// <summary>Nobody decided it in time.</summary>
    Lapsed = 4,
}

/// <summary>A request as lists show it.</summary>
/// <param name="Id">The request.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Status">By the clock.</param>
/// <param name="Asker">Who asks.</param>
/// <param name="Group">The name of the group that is asked for.</param>
/// <param name="Reason">Why.</param>
/// <param name="Days">For how long; null = without end.</param>
/// <param name="AskedAt">When.</param>
/// <param name="EndsAt">When it lapses undecided.</param>
/// <param name="Decision">Who decided it, and with what word; null while nobody has.</param>
/// <param name="MemberUntil">When the membership that was granted ends; null = it does not, or it has.</param>
public sealed record RequestSummary(
    Guid Id, RequestKind Kind, RequestStatus Status, RequestAsker Asker, string? Group, string? Reason, int? Days, DateTimeOffset AskedAt, DateTimeOffset EndsAt,
    RequestDecision? Decision, DateTimeOffset? MemberUntil);

/// <param name="UserId">The account; null for somebody who has none yet.</param>
/// <param name="Login">The user-id; null without an account.</param>
/// <param name="Name">The name people know, or that was given.</param>
/// <param name="Mail">The address, which its owner confirmed.</param>
public sealed record RequestAsker(Guid? UserId, string? Login, string Name, string? Mail);

/// <summary>Who decided, when, and the word that was said with it.</summary>
public sealed record RequestDecision(DateTimeOffset At, string? By, string? Reason);

/// <summary>The queue's question; pages count from 0.</summary>
public sealed record RequestQuery(string? Search = null, RequestKind? Kind = null, RequestStatus? Status = RequestStatus.Waiting, int Page = 0, int PageSize = 25)
{
    public const int LargestPage = 200;
}

/// <summary>What somebody without an account says of themselves.</summary>
public sealed record AccessRequestInput(string Name, string Mail, string Reason, int? Days);

/// <summary>What became of one of several; <paramref name="Error"/> is null where it was done.</summary>
public sealed record RequestOutcome(Guid Id, Error? Error);

/// <summary>A group that one may ask for.</summary>
public sealed record GroupOffer(Guid Id, string Name, string? Description);

/// <summary>What a user sees of asking: what is on offer, and what they asked for.</summary>
public sealed record MyRequests(IReadOnlyList<GroupOffer> Offers, IReadOnlyList<RequestSummary> Requests);

public static class RequestCodes
{
    /// <summary>As it stands in addresses and in the API.</summary>
    public static string Code(this RequestStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    public static string Code(this RequestKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static RequestStatus? ParseStatus(string? code) =>
        Enum.GetValues<RequestStatus>().Cast<RequestStatus?>().FirstOrDefault(status => string.Equals(status!.Value.Code(), code, StringComparison.OrdinalIgnoreCase));

    public static RequestKind? ParseKind(string? code) =>
        Enum.GetValues<RequestKind>().Cast<RequestKind?>().FirstOrDefault(kind => string.Equals(kind!.Value.Code(), code, StringComparison.OrdinalIgnoreCase));
}
