using System.Data;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.Feed.Sql;

/// <summary>The values of one statement, in the order they were named.</summary>
internal sealed class SqlParameters
{
    private readonly List<KeyValuePair<string, object?>> values = [];
    private readonly DynamicParameters dynamic = new();
    private int numbered;

    /// <summary>Names and values, for reading.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => values;

    /// <summary>The same for Dapper.</summary>
    public DynamicParameters ForDapper => dynamic;

    /// <summary>Takes a value and gives the name it has in the statement.</summary>
    public string Add(object? value, PublishedType type) => Add($"p{numbered++}", value, type);

    public string Add(string name, object? value, PublishedType type)
    {
        values.Add(new(name, value));
        // A null has no type of its own, and T-SQL wants one.
        dynamic.Add(name, value, value is null ? DbTypeOf(type) : null);
        return "@" + name;
    }

    private static DbType DbTypeOf(PublishedType type) => type switch
    {
        PublishedType.Text => DbType.String,
        PublishedType.Whole => DbType.Int64,
        PublishedType.Number => DbType.Double,
        PublishedType.Flag => DbType.Boolean,
        PublishedType.Date => DbType.Date,
        PublishedType.Key => DbType.Guid,
    };
}
