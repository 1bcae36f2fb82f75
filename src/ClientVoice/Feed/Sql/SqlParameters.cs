using System.Data;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.Feed.Sql;

/// <summary>The values of one statement, in the order they were named.</summary>
internal sealed class SqlParameters
{
    private readonly List<KeyValuePair<string, object?>> values = [];
    private readonly DynamicParameters dynamic = new();
    private readonly Dictionary<(object?, PublishedType), string> known = [];

    /// <summary>Names and values, for reading.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => values;

    /// <summary>The same for Dapper.</summary>
    public DynamicParameters ForDapper => dynamic;

    /// <summary>Takes a value and gives the name it has in the statement; the same value keeps one name.</summary>
    public string Add(object? value, PublishedType type)
    {
        if (!known.TryGetValue((value, type), out var name))
        {
            name = Add($"p{known.Count}", value, type);
            known.Add((value, type), name);
        }

        return name;
    }

    public string Add(string name, object? value, PublishedType type)
    {
        values.Add(new(name, value));
        // A null has no type of its own, and T-SQL wants one.
        dynamic.Add(name, value, value is null ? DbTypeOf(type) : null);
        return "@" + name;
    }

    /// <summary>A list of ids for <c>IN @name</c>, which Dapper writes out.</summary>
    public void Add(string name, IReadOnlyList<Guid> ids)
    {
        values.Add(new(name, ids));
        dynamic.Add(name, IdList.Of(ids));
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
