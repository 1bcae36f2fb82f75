using ClientVoice.Database;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ClientVoice.Tests.Feed;

/// <summary>A query as it stands in an address, translated without a service or a database.</summary>
internal static class Translation
{
    // Before a query: asked by a reader that sees one client group only.
    private const string Narrowed = "of a group: ";

    public static FeedQuery Query(string address)
    {
        var parts = address.Split('?', 2);
        var options = QueryOptions.Read(new QueryCollection(QueryHelpers.ParseQuery(parts.Length > 1 ? parts[1].Replace("+", "%2B", StringComparison.Ordinal) : "")));
        var request = new FeedRequest(new Uri("http://feed/odata/"), parts[0], options, "4.0", null);
        return new QueryReader(request.Parser(), PublishedModel.Set(parts[0]), options.Text, new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero)).ReadRows();
    }

    /// <summary>The statement for the page after <paramref name="after"/>, and its parameters one a line.</summary>
    public static (string Sql, string Parameters) Sql(SqlDialect dialect, string address, IReadOnlyList<object?>? after = null)
    {
        IReadOnlyList<Guid> groups = address.StartsWith(Narrowed, StringComparison.Ordinal) ? [FeedStore.Group] : [];
        var query = Query(groups.Count > 0 ? address[Narrowed.Length..] : address);
        var statement = StatementWriter.Page(dialect, query, new View(2, [FeedStore.North], groups), new PageStart(after, query.Skip, 1001));
        return (statement.Sql, string.Join('\n', statement.Parameters.Values.Select(p => $"{p.Key} = {Text(p.Value)}")));
    }

    /// <summary>Every text that a query becomes: its first page, the pages after a row with a value, and with none, in all that it is sorted by, and its count.</summary>
    public static IReadOnlyList<string> Texts(SqlDialect dialect, string address)
    {
        var (query, view) = (Query(address), new View(2, [FeedStore.North], [FeedStore.Group]));
        IReadOnlyList<object?>?[] after = [null, [.. query.Order.Select(o => Value(o.Term.Type))], [.. query.Order.Select(o => o.Term.Nullable ? null : Value(o.Term.Type))]];
        return [.. after.Select(row => StatementWriter.Page(dialect, query, view, new PageStart(row, 0, 1001)).Sql), StatementWriter.Count(dialect, query, view).Sql];
    }

    private static object Value(PublishedType type) => type switch
    {
        PublishedType.Text => "x",
        PublishedType.Whole => 3L,
        PublishedType.Number => 1.5,
        PublishedType.Flag => true,
        PublishedType.Date => new DateOnly(2025, 1, 1),
        _ => FeedStore.North,
    };

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IEnumerable<Guid> ids => $"{string.Join(", ", ids)} (ids)",
        DateOnly date => $"{date:yyyy-MM-dd} (DateOnly)",
        IFormattable formattable => $"{formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture)} ({value.GetType().Name})",
        _ => $"{value} ({value.GetType().Name})",
    };
}
