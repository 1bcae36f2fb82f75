using ClientVoice.Access;
using ClientVoice.Feed.Model;
using ClientVoice.Feed.Query;
using ClientVoice.Feed.Request;
using ClientVoice.Feed.Sql;
using ClientVoice.Outcomes;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Answer;

/// <summary>What every answer about rows works with.</summary>
internal sealed record FeedAnswer(HttpContext Http, FeedRequest Request, FeedDatabase Database, IPublications Publications, DateTimeOffset Now, FeedGate.Turn Turn)
{
    public PublicationCheck Check { get; } = new(Http, Publications);

    public FeedReader Reader => FeedSignIn.ReaderOf(Http);

    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>The form of data that is asked for.</summary>
    public DataForm Form(string? format)
    {
        var (type, level, wide) = FeedFormat.ForData(Http.Request, format);
        return new DataForm(type, level, Request.Version, wide);
    }

    /// <summary>
    /// The condition that rows refer to the row of the path before them: of <c>Places(1)/Outcomes</c> that they are of that
    /// place. Null where there is no path before.
    /// </summary>
    /// <exception cref="ProblemException">There is no such row.</exception>
    public async Task<Term?> WithinAsync(RowBefore? parent, View view)
    {
        if (parent is null)
        {
            return null;
        }

        var row = parent.Row;
        var query = QueryReader.KeyOf(row.Set, row.Key, row.Path, row.Target);
        if (await WithinAsync(row.Parent, view) is { } within)
        {
            query = query with { Filter = QueryReader.Both(query.Filter, within) };
        }

        var statement = StatementWriter.Page(Database.Dialect, query, view, new PageStart(null, 0, 1));
        await using var rows = await Database.ReadAsync(statement, Cancel);
        var at = statement.Shape!.KeyAt;
        return await rows.NextAsync() && rows.Value(at, query.Shape.Key!.Type) is { } key
            ? Refers(parent.Related, key)
            : throw new ProblemException(ProblemKinds.NotFound, "There is no row with this key.");
    }

    /// <summary>The condition that a row refers to the row with this key.</summary>
    public static Term Refers(Related related, object key)
    {
        var column = new ColumnTerm(NavigationPath.Root, related.Set, FeedModel.Column(related.Set, related.Reference.Column));
        return new CompareTerm(Comparison.Equal, column, new ConstantTerm(key, column.Type));
    }
}
