// The words of SQL that only the feed needs and that the databases say differently.
using ClientVoice.Database;
using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Sql;

/// <summary>A dialect as the feed speaks it: the house's one, and a handful of words more.</summary>
internal abstract class FeedDialect(SqlDialect common)
{
    private static readonly FeedDialect Sqlite = new SqliteWords();
    private static readonly FeedDialect SqlServer = new SqlServerWords();

    public SqlDialect Common { get; } = common;

    /// <summary>Functions that the feed gives its SQLite connections.</summary>
    public const string SqliteLower = "FEED_LOWER";

    public const string SqliteUpper = "FEED_UPPER";

    public static FeedDialect Of(SqlDialect dialect) => dialect == SqlDialect.SqlServer ? SqlServer : Sqlite;

    /// <summary>A part of a text; positions count from 1. Without a length, to the end.</summary>
    public abstract string Substring(string text, string from, string? length);

    public virtual string Lower(string text) => $"LOWER({text})";

    public virtual string Upper(string text) => $"UPPER({text})";

    public abstract string DatePart(string part, string date);

    /// <summary>A value in another type; which pairs there are, <see cref="Query.Casts"/> says.</summary>
    public abstract string Cast(string value, PublishedType from, PublishedType to);

    /// <summary>A day, so many days later.</summary>
    public abstract string AddDays(string date, string days);

    private sealed class SqliteWords() : FeedDialect(SqlDialect.Sqlite)
    {
        public override string Lower(string text) => $"{SqliteLower}({text})";

        public override string Upper(string text) => $"{SqliteUpper}({text})";

        public override string Substring(string text, string from, string? length) =>
            length is null ? $"SUBSTR({text}, {from})" : $"SUBSTR({text}, {from}, {length})";

        public override string DatePart(string part, string date)
        {
            var format = part switch
            {
                "YEAR" => "%Y",
                "MONTH" => "%m",
                _ => "%d",
            };
            return $"CAST(STRFTIME('{format}', {date}) AS INTEGER)";
        }

        // Days and keys are texts already.
        public override string Cast(string value, PublishedType from, PublishedType to) => to switch
        {
            PublishedType.Number => $"CAST({value} AS REAL)",
            PublishedType.Whole => $"CAST({value} AS INTEGER)",
            _ => $"CAST({value} AS TEXT)",
        };

        public override string AddDays(string date, string days) => $"DATE({date}, {days} || ' days')";
    }

    private sealed class SqlServerWords() : FeedDialect(SqlDialect.SqlServer)
    {
        // SUBSTRING needs a length; 4000 is more than any text here.
        public override string Substring(string text, string from, string? length) => $"SUBSTRING({text}, {from}, {length ?? "4000"})";

        public override string DatePart(string part, string date) => $"{part}({date})";

        public override string Cast(string value, PublishedType from, PublishedType to) => (from, to) switch
        {
            (_, PublishedType.Number) => $"CAST({value} AS float)",
            (_, PublishedType.Whole) => $"CAST({value} AS bigint)",
            (PublishedType.Date, _) => $"CONVERT(nvarchar(10), {value}, 23)",
            (PublishedType.Key, _) => $"LOWER(CONVERT(nvarchar(36), {value}))",
            _ => $"CAST({value} AS nvarchar(20))",
        };

        public override string AddDays(string date, string days) => $"DATEADD(day, {days}, {date})";
    }
}
