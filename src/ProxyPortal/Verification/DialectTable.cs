using System.Collections.Frozen;

namespace ProxyPortal.Verification;

/// <summary>Which dialect answers a request target. A look-up in place of routing: nothing here decodes, folds or normalises.</summary>
internal sealed class DialectTable
{
    private readonly FrozenDictionary<string, IDialect> _exact;
    private readonly FrozenDictionary<string, IDialect>.AlternateLookup<ReadOnlySpan<char>> _exactSpans;
    private readonly IDialect[] _below;

    public DialectTable(IEnumerable<IDialect> dialects)
    {
        // By way of a plain dictionary, which refuses two dialects at one path.
        Dictionary<string, IDialect> all = dialects.ToDictionary(dialect => dialect.Path, StringComparer.Ordinal);
        _exact = all.Where(entry => !entry.Key.EndsWith('/')).ToFrozenDictionary(StringComparer.Ordinal);
        _exactSpans = _exact.GetAlternateLookup<ReadOnlySpan<char>>();
        _below = [.. all.Values.Where(dialect => dialect.Path.EndsWith('/'))];
    }

    /// <param name="rawTarget">The request target as it was sent.</param>
    /// <param name="fault">Why there is none.</param>
    public IDialect? Find(string rawTarget, out VerifyFault? fault)
    {
        fault = null;
        if (_exact.TryGetValue(rawTarget, out IDialect? dialect))
            return dialect;
        ReadOnlySpan<char> path = RequestTarget.PathOf(rawTarget);
        if (_exactSpans.TryGetValue(path, out dialect))
            return dialect;
        // Before everything else that is not one of our own paths to the letter.
        if (RequestTarget.HasDotSegment(path))
        {
            fault = VerifyFault.Target;
            return null;
        }
        foreach (IDialect candidate in _below)
        {
            if (path.StartsWith(candidate.Path, StringComparison.Ordinal))
                return candidate;
        }
        fault = VerifyFault.NotFound;
        return null;
    }
}
