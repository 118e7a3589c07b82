using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProxyPortal.Data;

/// <summary>Updates many tracked rows by one prepared command for all that changed the same columns. For SQLite, where EF makes a command for every row;
/// on PostgreSQL it sends them together.</summary>
internal sealed class RowUpdate
{
    private readonly List<Row> _rows = [];

    /// <param name="Entry">Tracked as unchanged from the moment it was taken.</param>
    /// <param name="Changed">What differs, with the value that was read.</param>
    /// <param name="Guards">What names the row, and what it must still be: the values that were read.</param>
    private sealed record Row(EntityEntry Entry, List<(IProperty Property, object? Was)> Changed, List<(IProperty Property, object? Was)> Guards);

    private RowUpdate(IEnumerable<Row> rows) => _rows.AddRange(rows);

    public int Count => _rows.Count;

    /// <summary>Takes from the next save the rows that it need not order: none of what changed in them is unique or refers to another row.</summary>
    public static RowUpdate TakeFrom(PortalDbContext db)
    {
        if (!db.Database.IsSqlite())
            return new([]);
        List<Row> rows = [.. db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Modified).Select(Read).Where(row => !row.Changed.Exists(one => DependsOnOthers(one.Property)))];
        foreach (Row row in rows)
        {
            foreach (PropertyEntry property in row.Changed.Select(one => row.Entry.Property(one.Property)))
                property.OriginalValue = property.CurrentValue;
            row.Entry.State = EntityState.Unchanged;
        }
        return new(rows);
    }

    /// <summary>Within the context's transaction. Errors: <see cref="DbUpdateConcurrencyException"/> when a row is not as it was read.</summary>
    public async Task SaveAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, Row> alike in _rows.GroupBy(row => string.Join(' ', row.Changed.Select(one => one.Property.Name).Prepend(row.Entry.Metadata.Name))))
        {
            Row sample = alike.First();
            string? table = sample.Entry.Metadata.GetTableName();
            List<RowColumn> set = [.. sample.Changed.Select(one => RowColumn.Of(one.Property))];
            List<RowColumn> where = [.. sample.Guards.Select(one => RowColumn.Of(one.Property))];
            string sets = string.Join(", ", set.Select((column, i) => $"{column.Quoted} = {PreparedCommand.Parameter(i)}"));
            string wheres = string.Join(" AND ", where.Select((column, i) => $"{column.Quoted} IS {PreparedCommand.Parameter(set.Count + i)}"));
            await using var command = new PreparedCommand(db, $"UPDATE \"{table}\" SET {sets} WHERE {wheres}", set.Count + where.Count);
            foreach (Row row in alike)
            {
                IEnumerable<object?> values = [.. set.Select(column => column.Read(row.Entry.Entity)), .. where.Zip(row.Guards, (column, guard) => column.Convert(guard.Was))];
                if (await command.RunAsync(values, cancellationToken) != 1)
                    throw new DbUpdateConcurrencyException($"A row of {table} was changed or removed by someone else since it was read.");
            }
        }
    }

    /// <summary>Nothing was saved: whoever tries again finds what they changed.</summary>
    public void GiveBack()
    {
        foreach (Row row in _rows)
        {
            foreach ((IProperty property, object? was) in row.Changed)
            {
                row.Entry.Property(property).OriginalValue = was;
                row.Entry.Property(property).IsModified = true;
            }
        }
    }

    private static Row Read(EntityEntry entry) => new(
        entry,
        [.. entry.Metadata.GetProperties().Where(property => entry.Property(property).IsModified).Select(property => (property, entry.Property(property).OriginalValue))],
        [.. entry.Metadata.GetProperties().Where(property => property.IsPrimaryKey() || property.IsConcurrencyToken).Select(property => (property, entry.Property(property).OriginalValue))]);

    private static bool DependsOnOthers(IProperty property) => property.IsForeignKey() || property.IsKey() || property.IsUniqueIndex();
}
