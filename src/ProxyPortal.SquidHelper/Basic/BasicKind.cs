using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Options;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper.Basic;

/// <summary>User and password. Every reply carries <c>code_</c>: what an earlier one left at Squid's cached user would otherwise be
/// logged with this one.</summary>
internal sealed class BasicKind(HelperSettings settings, Stderr stderr) : IHelperKind
{
    private static readonly string[] StatePrefixes = ["account.", "credential.", "device.", "endpoint.", "source.", "time."];

    public string Path => VerifyRequest.Path;

    public string? BatchPath => VerifyRequest.BatchPath;

    /// <summary>Unreadable credentials sound like any wrong ones: the way they are refused tells nothing.</summary>
    public byte[] Malformed { get; } = Rejected("credential.rejected", null, null);

    public byte[] BadLine { get; } = Broken("header.malformed", "The proxy's request to its helper could not be read.");

    public byte[] Unavailable { get; } = Broken("backend.unavailable", "The proxy cannot verify logins at the moment.");

    public bool TrySplit(ReadOnlySpan<byte> line, out LineFields fields)
    {
        bool isWhole = SquidBasicFields.TrySplit(line, out SquidBasicFields basic);
        fields = new LineFields { User = basic.User, Secret = basic.Password, Place = basic.Extras };
        return isWhole;
    }

    public LineFault Compose(in LineFields fields, RequestBody body)
    {
        if (!SquidBasicFields.TryReadExtras(fields.Place, out string? clientAddress))
        {
            stderr.Complain("extras", "the third field of a line is no IP address: squid.conf needs key_extras \"%>a %lp\", and --concurrency must equal concurrency=.");
            return LineFault.BadLine;
        }

        body.Begin();
        body.Write("scheme"u8, "Basic");
        if (!body.TryWriteEscaped("userId"u8, fields.User) || !body.TryWriteEscaped("password"u8, fields.Secret))
            return LineFault.Malformed;
        body.Write("clientAddress"u8, clientAddress);
        body.Write("endpoint"u8, settings.Endpoint);
        return LineFault.None;
    }

    public byte[] Reply(PortalAnswer answer) => answer switch
    {
        { Verdict: PortalVerdict.Accepted, Response: { } accepted } => SquidReply.Ok()
            .With("user", accepted.User)
            .WithEach("group", accepted.Groups)
            .With("device_", accepted.Device)
            .With("code_", "ok")
            .With("id_", accepted.Id)
            .End(),
        { Verdict: PortalVerdict.Rejected, Response: { } state } when settings.DefersToAcl && IsState(state.Code) => SquidReply.Ok()
            .With("code_", state.Code)
            .With("id_", state.Id)
            .End(),
        { Verdict: PortalVerdict.Rejected, Response: { } rejected } => Rejected(rejected.Code, rejected.Id, rejected.Message),
        { Verdict: PortalVerdict.Malformed } => Malformed,
        _ => Unavailable,
    };

    // The portal names a reason only to those who proved the secret: who it is, is settled, and the acl says why that is not enough.
    private static bool IsState(string? code) => code is not null and not "credential.rejected"
        && StatePrefixes.Any(prefix => code.StartsWith(prefix, StringComparison.Ordinal));

    private static byte[] Rejected(string? code, string? id, string? message) => SquidReply.Err()
        .With("code_", string.IsNullOrEmpty(code) ? "credential.rejected" : code)
        .With("id_", id)
        .EndWithText(string.IsNullOrWhiteSpace(message) ? "User name or password is not accepted." : message);

    private static byte[] Broken(string code, string text) => SquidReply.Bh().With("code_", code).EndWithText(text);
}
