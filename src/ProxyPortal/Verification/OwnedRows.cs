using System.Data.Common;

namespace ProxyPortal.Verification;

/// <summary>Rows that are sorted by the user they belong to, given out user by user. Both databases sort ids as <see cref="Guid.CompareTo(Guid)"/> does.</summary>
internal sealed class OwnedRows<TRow>(DbDataReader reader, Func<DbDataReader, TRow> read, Func<TRow, Guid> owner)
    where TRow : class
{
    private TRow? _ahead;
    private bool _atEnd;

    /// <summary>The next row of this user, or null. Rows of users before it are skipped: users in the bin have some, and so may one who came after the users were read.</summary>
    public async ValueTask<TRow?> NextOfAsync(Guid user, CancellationToken cancellationToken)
    {
        while (await PeekAsync(cancellationToken) is { } row)
        {
            int order = owner(row).CompareTo(user);
            if (order > 0)
                return null;
            _ahead = null;
            if (order == 0)
                return row;
        }
        return null;
    }

    private async ValueTask<TRow?> PeekAsync(CancellationToken cancellationToken)
    {
        if (_ahead is null && !_atEnd)
        {
            _atEnd = !await reader.ReadAsync(cancellationToken);
            _ahead = _atEnd ? null : read(reader);
        }
        return _ahead;
    }
}
