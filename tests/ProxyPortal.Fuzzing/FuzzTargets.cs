namespace ProxyPortal.Fuzzing;

/// <summary>Every parser that reads what strangers send, or what a damaged store holds, with what must hold whatever comes.</summary>
internal static class FuzzTargets
{
    /// <summary>Name of the parser (its folder below <c>Corpus</c>) and its check: it throws where something does not hold.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["access-rules"] = RuleTargets.AccessRules,
        ["addresses"] = RuleTargets.Addresses,
        ["forwarded-for"] = HeaderTargets.RightmostAddress,
        ["helper-lines"] = SquidTargets.HelperLines,
        ["helper-replies"] = SquidTargets.HelperReplies,
        ["login-names"] = NameTargets.LoginNames,
        ["passwords"] = NameTargets.Passwords,
        ["proxy-credentials"] = HeaderTargets.Credentials,
        ["stored-hashes"] = SecretTargets.StoredHashes,
        ["verify-batch"] = VerifyJsonTargets.Batches,
        ["verify-json"] = VerifyJsonTargets.Requests,
    };

    /// <exception cref="InvariantBrokenException">When <paramref name="holds"/> is false.</exception>
    public static void Demand(bool holds, string what)
    {
        if (!holds)
            throw new InvariantBrokenException(what);
    }
}

/// <summary>Something that must hold for every input does not.</summary>
internal sealed class InvariantBrokenException(string what) : Exception(what);
