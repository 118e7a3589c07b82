using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProxyPortal.Data;

/// <summary>A column as the model maps it, for commands that are not made by EF.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Convert">From the property's value to the one that the database takes.</param>
/// <param name="Get">The property's value.</param>
/// <param name="Type">The type that PostgreSQL is told.</param>
internal sealed record RowColumn(string Name, Func<object?, object?> Convert, Func<object, object?> Get, string Type)
{
    public string Quoted => $"\"{Name}\"";

    public static RowColumn Of(IProperty property)
    {
        var type = (IEntityType)property.DeclaringType;
        RelationalTypeMapping mapping = property.GetRelationalTypeMapping();
        Func<object?, object?>? convert = mapping.Converter?.ConvertToProvider;
        return new RowColumn(
            property.GetColumnName(StoreObjectIdentifier.Table(type.GetTableName()!, type.GetSchema()))!,
            convert is null ? value => value : value => value is null ? null : convert(value),
            property.GetGetter().GetClrValue,
            mapping.StoreTypeNameBase);
    }

    /// <summary>The value of a row, as the database takes it.</summary>
    public object? Read(object row) => Convert(Get(row));
}
