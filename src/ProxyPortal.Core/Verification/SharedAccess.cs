namespace ProxyPortal.Core.Verification;

/// <summary>The rules of one combination of groups, shared by everyone who is in just these groups: a change of a group replaces them here
/// once, however many members it has.</summary>
/// <param name="rules">Those in force.</param>
/// <param name="groups">The groups that they come from.</param>
public sealed class SharedAccess(AccessRules rules, IReadOnlyList<Guid>? groups = null)
{
    private volatile AccessRules _now = rules;

    /// <summary>Of those for whom nothing is ruled. Nobody replaces them.</summary>
    public static SharedAccess OfNoGroup { get; } = new(AccessRules.Unrestricted);

    /// <summary>The groups that the rules come from.</summary>
    public IReadOnlyList<Guid> Groups { get; } = groups ?? [];

    /// <summary>The rules in force.</summary>
    public AccessRules Now => _now;

    public void Replace(AccessRules rules) => _now = rules;
}
