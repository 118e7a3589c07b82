using System.Globalization;
using ProxyPortal.Core.Http;
using ProxyPortal.Users;

namespace ProxyPortal.Groups;

/// <summary>A group as lists show it.</summary>
public sealed record GroupSummary(
    Guid Id, string Name, string? Description, int Members, IReadOnlyList<string> Endpoints, AuthSchemes? Schemes, string? ExpiryPolicy);

/// <summary>A group as its own page shows it.</summary>
public sealed record GroupDetail(Guid Id, GroupInput Fields, int Members, long Version)
{
    public string Name => Fields.Name;
}

/// <summary>What may be set of a group. Endpoints and the policy go by their names, as in a bootstrap file.</summary>
public sealed record GroupInput
{
    public string Name { get; init; } = "";

    public string? Description { get; init; }

    /// <summary>Empty = no rule of this group.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Null = no rule of this group.</summary>
    public AuthSchemes? Schemes { get; init; }

    /// <summary>Null = no policy of this group: the default one holds, unless another group of a member names one.</summary>
    public string? ExpiryPolicy { get; init; }

    /// <summary>Empty = no rule of this group.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    public string? Hours { get; init; }

    /// <summary>The clock of <see cref="Hours"/>; null = UTC.</summary>
    public string? TimeZone { get; init; }

    public bool DeviceSecretsOnly { get; init; }

    public int? DeviceLimit { get; init; }

    public bool DevicesNeedApproval { get; init; }

    /// <summary>Whoever is signed in sees its name and may ask to become a member.</summary>
    public bool MayBeAskedFor { get; init; }

    /// <param name="group">With its endpoints.</param>
    /// <param name="policy">The name of its policy.</param>
    internal static GroupInput Of(Group group, string? policy) => new()
    {
        Name = group.Name,
        Description = group.Description,
        Endpoints = [.. group.Endpoints.Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal)],
        Schemes = group.Schemes,
        ExpiryPolicy = policy,
        Networks = group.Networks,
        Hours = group.Hours,
        TimeZone = group.TimeZone,
        DeviceSecretsOnly = group.DeviceSecretsOnly,
        DeviceLimit = group.DeviceLimit,
        DevicesNeedApproval = group.DevicesNeedApproval,
        MayBeAskedFor = group.MayBeAskedFor,
    };
}

/// <summary>The question of the list of groups; pages count from 0.</summary>
public sealed record GroupQuery(string? Search = null, string? Sort = null, bool Descending = false, int Page = 0, int PageSize = 25)
{
    public const int LargestPage = 200;

    public const string Sorts = "name members";
}

/// <summary>A member of a group.</summary>
public sealed record GroupMember(Guid Id, string UserId, string DisplayName, UserStatus Status);

/// <summary>What goes with a group.</summary>
/// <param name="Members">Who lose its rules.</param>
/// <param name="Unruled">Those of them who are in no other group.</param>
public sealed record GroupLoss(int Members, int Unruled)
{
    /// <summary>The same in words. A group only ever narrows: without it its members may do more.</summary>
    public string Consequence
    {
        get
        {
            string members = Members switch
            {
                0 => "It has no members.",
                1 => "Its one member stays, but is no longer bound by its rules.",
                _ => string.Create(CultureInfo.InvariantCulture, $"Its {Members:N0} members stay, but are no longer bound by its rules."),
            };
            string unruled = Unruled == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $" {Unruled:N0} of them {(Unruled == 1 ? "is" : "are")} in no other group and may then use every endpoint, from anywhere, at any time. Put them into another group first if that is not meant.");
            return $"{members}{unruled} This counts at the very next verification and cannot be undone.";
        }
    }
}

/// <summary>What a group can name.</summary>
/// <param name="Endpoints">Names of endpoints.</param>
/// <param name="Policies">Names of expiry policies.</param>
/// <param name="DefaultPolicy">The one of them that holds where none is named.</param>
public sealed record GroupChoices(IReadOnlyList<string> Endpoints, IReadOnlyList<string> Policies, string? DefaultPolicy)
{
    public static GroupChoices None { get; } = new([], [], null);
}
