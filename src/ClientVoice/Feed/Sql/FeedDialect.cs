// The words of SQL that only the feed needs and that the databases say differently.
using ClientVoice.Database;

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
    }

    private sealed class SqlServerWords() : FeedDialect(SqlDialect.SqlServer)
    {
        // SUBSTRING needs a length; 4000 is more than any text here.
        public override string Substring(string text, string from, string? length) => $"SUBSTRING({text}, {from}, {length ?? "4000"})";

        public override string DatePart(string part, string date) => $"{part}({date})";
    }
}
