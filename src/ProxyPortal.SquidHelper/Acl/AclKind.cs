using ProxyPortal.Core.Protocols;
using ProxyPortal.SquidHelper.Options;
using ProxyPortal.SquidHelper.Portals;

namespace ProxyPortal.SquidHelper.Acl;

/// <summary>A user whom Squid has authenticated, with the address. Squid shows a person what stands in <c>message=</c> (%o).</summary>
internal sealed class AclKind(HelperSettings settings, Stderr stderr) : IHelperKind
{
    private const byte Blank = (byte)' ';

    public string Path => AuthorizeRequest.Path;

    /// <summary>A name that nobody can have.</summary>
    public byte[] Malformed { get; } = Rejected("credential.rejected", null, null);

    public byte[] BadLine { get; } = Broken("header.malformed", "The proxy's request to its helper could not be read.");

    public byte[] Unavailable { get; } = Broken("backend.unavailable", "The proxy cannot check your access at the moment.");

    /// <summary>Takes the three fields of the format. Behind them Squid puts the arguments of the <c>acl</c> line, which mean nothing here.</summary>
    public bool TrySplit(ReadOnlySpan<byte> line, out LineFields fields)
    {
        int userEnd = EndOf(line, 0);
        int addressEnd = EndOf(line, userEnd + 1);
        int portEnd = EndOf(line, addressEnd + 1);
        ReadOnlySpan<byte> user = line[..userEnd];
        fields = new LineFields { User = user, Place = userEnd < line.Length ? line[(userEnd + 1)..portEnd] : default };
        // Nobody has signed in: there is no one to ask about.
        return userEnd > 0 && !user.SequenceEqual("-"u8);
    }

    public LineFault Compose(in LineFields fields, RequestBody body)
    {
        if (!SquidBasicFields.TryReadExtras(fields.Place, out string? clientAddress))
        {
            stderr.Complain("extras", "the second field of a line is no IP address: external_acl_type needs the format %ul %>a %lp, and --concurrency must equal concurrency=.");
            return LineFault.BadLine;
        }

        body.Begin();
        if (!body.TryWriteEscaped("userId"u8, fields.User))
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
        { Verdict: PortalVerdict.Rejected, Response: { } rejected } => Rejected(rejected.Code, rejected.Id, rejected.Message),
        { Verdict: PortalVerdict.Malformed } => Malformed,
        _ => Unavailable,
    };

    private static int EndOf(ReadOnlySpan<byte> line, int start)
    {
        if (start >= line.Length)
            return line.Length;
        int length = line[start..].IndexOf(Blank);
        return length < 0 ? line.Length : start + length;
    }

    private static byte[] Rejected(string? code, string? id, string? message) => SquidReply.Err()
        .With("code_", string.IsNullOrEmpty(code) ? "credential.rejected" : code)
        .With("id_", id)
        .EndWithMessage(string.IsNullOrWhiteSpace(message) ? "You may not use this proxy at the moment." : message);

    private static byte[] Broken(string code, string text) => SquidReply.Bh().With("code_", code).EndWithMessage(text);
}
