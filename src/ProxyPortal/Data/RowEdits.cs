using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ProxyPortal.Data;

/// <summary>Rows of one table that are read without being tracked, and what they were then: what differs at the end is saved, by one command for all that differ in the
/// same columns. Tracking each and making a command for each takes several times as long as the change itself.</summary>
internal sealed class RowEdits(IEntityType type)
{
    private readonly IProperty[] _properties = [.. type.GetProperties()];
    private readonly RowColumn[] _columns = [.. type.GetProperties().Select(RowColumn.Of)];
    private readonly Dictionary<object, object?[]> _was = new(ReferenceEqualityComparer.Instance);

    /// <summary>Remembers how a row is now.</summary>
    public void Remember(object row) => _was.Add(row, [.. _columns.Zip(_properties, (column, property) => property.GetValueComparer().Snapshot(column.Get(row)))]);

    /// <summary>Whether something in the row differs now.</summary>
    public bool IsChanged(object row) => Changed(row).Length > 0;

    /// <summary>What a property of the row was.</summary>
    public T? Was<T>(object row, string property) => (T?)_was[row][Array.FindIndex(_properties, one => one.Name == property)];

    /// <summary>Saves what differs in these rows, within the context's transaction.</summary>
    /// <exception cref="DbUpdateConcurrencyException">One of them is not as it was read.</exception>
    public async Task SaveAsync(PortalDbContext db, IEnumerable<object> rows, CancellationToken cancellationToken)
    {
        int[] guards = [.. Numbers(i => _properties[i].IsPrimaryKey() || _properties[i].IsConcurrencyToken)];
        foreach (IGrouping<string, (object Row, int[] Changed)> alike in rows.Select(row => (Row: row, Changed: Changed(row))).Where(one => one.Changed.Length > 0).GroupBy(one => string.Join(' ', one.Changed)))
        {
            int[] changed = alike.First().Changed;
            string sets = string.Join(", ", changed.Select((column, i) => $"{_columns[column].Quoted} = {RepeatedCommand.Parameter(i)}"));
            string wheres = string.Join(" AND ", guards.Select((column, i) => $"{_columns[column].Quoted} {(_properties[column].IsNullable ? "IS NOT DISTINCT FROM" : "=")} {RepeatedCommand.Parameter(changed.Length + i)}"));
            List<object?[]> values = [.. alike.Select(one => (object?[])[.. changed.Select(i => _columns[i].Read(one.Row)), .. guards.Select(i => _columns[i].Convert(_was[one.Row][i]))])];
            if (!await RepeatedCommand.RunAsync(db, $"UPDATE \"{type.GetTableName()}\" SET {sets} WHERE {wheres}", values, cancellationToken))
                throw new DbUpdateConcurrencyException($"A row of {type.GetTableName()} was changed or removed by someone else since it was read.");
        }
    }

    private int[] Changed(object row)
    {
        object?[] was = _was[row];
        return [.. Numbers(i => !_properties[i].GetValueComparer().Equals(was[i], _columns[i].Get(row)))];
    }

    private IEnumerable<int> Numbers(Func<int, bool> which) => Enumerable.Range(0, _properties.Length).Where(which);
}
