namespace ProxyPortal.Verification;

/// <summary>Rows that are sorted by the user they belong to, given out user by user. Both databases sort ids as <see cref="Guid.CompareTo(Guid)"/> does.</summary>
internal sealed class OwnedRows<TRow>(RowsAhead<TRow> rows, Func<TRow, Guid> owner)
    where TRow : class
{
    /// <summary>Adds the rows of this user to <paramref name="own"/>. Rows of users before it are skipped: users in the bin have some, and so may one who came after the users were read.</summary>
    public async ValueTask TakeOfAsync(Guid user, List<TRow> own, CancellationToken cancellationToken)
    {
        do
        {
            while (rows.Peek() is { } row)
            {
                int order = owner(row).CompareTo(user);
                if (order > 0)
                    return;
                if (order == 0)
                    own.Add(row);
                rows.Take();
            }
        }
        while (await rows.MoreAsync(cancellationToken));
    }
}
