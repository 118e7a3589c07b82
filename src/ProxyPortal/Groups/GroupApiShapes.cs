using ProxyPortal.Core;
using ProxyPortal.Core.Http;
using ProxyPortal.Schemes;
using ProxyPortal.Users;

namespace ProxyPortal.Groups;

/// <summary>What a call may set of a group; what is not named stays, null takes a rule away.</summary>
internal sealed record GroupBody
{
    public Given<string> Name { get; init; }

    public Given<string> Description { get; init; }

    /// <summary>Names of endpoints; empty = every endpoint.</summary>
    public Given<IReadOnlyList<string>> Endpoints { get; init; }

    /// <summary>Registered names; null = every scheme.</summary>
    public Given<IReadOnlyList<string>> Schemes { get; init; }

    /// <summary>The name of a policy; null = none of its own.</summary>
    public Given<string> ExpiryPolicy { get; init; }

    public Given<IReadOnlyList<string>> Networks { get; init; }

    public Given<string> Hours { get; init; }

    public Given<string> TimeZone { get; init; }

    public Given<bool?> DeviceSecretsOnly { get; init; }

    public Given<int?> DeviceLimit { get; init; }

    public Given<bool?> DevicesNeedApproval { get; init; }

    public Given<bool?> MayBeAskedFor { get; init; }

    /// <summary>Errors: <c>schemes_invalid</c>.</summary>
    public Result<GroupPatch> ToPatch()
    {
        Given<AuthSchemes?> schemes = new(Schemes.IsNamed, null);
        if (Schemes.Value is { } names)
        {
            Result<AuthSchemes> read = SchemeRules.Parse(names);
            if (read.Error is { } fault)
                return fault;
            schemes = new(true, read.Value);
        }
        return new GroupPatch
        {
            Name = Name,
            Description = Description,
            Endpoints = Endpoints,
            Schemes = schemes,
            ExpiryPolicy = ExpiryPolicy,
            Networks = Networks,
            Hours = Hours,
            // Hours that are taken away take their clock along.
            TimeZone = Hours is { IsNamed: true, Value: null } && !TimeZone.IsNamed ? new(true, null) : TimeZone,
            DeviceSecretsOnly = DeviceSecretsOnly,
            DeviceLimit = DeviceLimit,
            DevicesNeedApproval = DevicesNeedApproval,
            MayBeAskedFor = MayBeAskedFor,
        };
    }
}

/// <summary>A group in answers; null and empty lists = no rule.</summary>
internal sealed record GroupShape(
    Guid Id, string Name, string? Description, IReadOnlyList<string> Endpoints, IReadOnlyList<string>? Schemes, string? ExpiryPolicy, IReadOnlyList<string> Networks,
    string? Hours, string? TimeZone, bool DeviceSecretsOnly, int? DeviceLimit, bool DevicesNeedApproval, bool MayBeAskedFor, int Members)
{
    public static GroupShape Of(GroupDetail group) => new(
        group.Id, group.Name, group.Fields.Description, group.Fields.Endpoints, NamesOf(group.Fields.Schemes), group.Fields.ExpiryPolicy, group.Fields.Networks,
        group.Fields.Hours, group.Fields.TimeZone, group.Fields.DeviceSecretsOnly, group.Fields.DeviceLimit, group.Fields.DevicesNeedApproval, group.Fields.MayBeAskedFor, group.Members);

    public static IReadOnlyList<string>? NamesOf(AuthSchemes? schemes) => schemes is { } known ? [.. AuthScheme.Names(known)] : null;
}

/// <summary>A group in a list.</summary>
internal sealed record GroupListItem(
    Guid Id, string Name, string? Description, IReadOnlyList<string> Endpoints, IReadOnlyList<string>? Schemes, string? ExpiryPolicy, int Members)
{
    public static GroupListItem Of(GroupSummary group) => new(
        group.Id, group.Name, group.Description, group.Endpoints, GroupShape.NamesOf(group.Schemes), group.ExpiryPolicy, group.Members);
}

/// <summary>A member in a list.</summary>
internal sealed record GroupMemberShape(Guid Id, string UserId, string DisplayName, UserStatus Status)
{
    public static GroupMemberShape Of(GroupMember member) => new(member.Id, member.UserId, member.DisplayName, member.Status);
}

/// <summary>Who is to be added.</summary>
/// <param name="Users">Their ids.</param>
internal sealed record GroupMembersBody(IReadOnlyList<Guid> Users);

/// <summary>What became of it.</summary>
/// <param name="Changed">How many were not so already.</param>
internal sealed record GroupMembersChanged(int Changed);
