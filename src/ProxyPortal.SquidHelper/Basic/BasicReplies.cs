using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper.Basic;

/// <summary>The portal's verdicts in Squid's words. Every reply carries <c>code_</c>: what an earlier one left at Squid's cached user
/// would otherwise be logged with this one.</summary>
internal static class BasicReplies
{
    // Half of Squid's read buffer. Longer would mean some hundred groups.
    private const int MaxBytes = 16 * 1024;

    /// <summary>Unreadable credentials sound like any wrong ones: the way they are refused tells nothing.</summary>
    public static readonly byte[] Malformed = Rejected("credential.rejected", null, null);

    public static readonly byte[] BadLine = Broken("header.malformed", "The proxy's request to its helper could not be read.");

    public static readonly byte[] Unavailable = Broken("backend.unavailable", "The proxy cannot verify logins at the moment.");

    /// <summary>Null for an acceptance that cannot be told in a line of Squid's.</summary>
    public static byte[]? TryFrom(PortalAnswer answer)
    {
        byte[] reply = answer switch
        {
            { Verdict: PortalVerdict.Accepted, Response: { } accepted } => SquidReply.Ok()
                .With("user", accepted.User)
                .WithEach("group", accepted.Groups)
                .With("device_", accepted.Device)
                .With("code_", "ok")
                .With("id_", accepted.Id)
                .End(),
            { Verdict: PortalVerdict.Rejected, Response: { } rejected } => Rejected(rejected.Code, rejected.Id, rejected.Message),
            { Verdict: PortalVerdict.Malformed } => Malformed,
            _ => Unavailable,
        };
        return reply.Length <= MaxBytes ? reply : null;
    }

    private static byte[] Rejected(string? code, string? id, string? message) => SquidReply.Err()
        .With("code_", string.IsNullOrEmpty(code) ? "credential.rejected" : code)
        .With("id_", id)
        .EndWithText(string.IsNullOrWhiteSpace(message) ? "User name or password is not accepted." : message);

    private static byte[] Broken(string code, string text) => SquidReply.Bh().With("code_", code).EndWithText(text);
}
