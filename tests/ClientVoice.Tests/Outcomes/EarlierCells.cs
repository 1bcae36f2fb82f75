// What was published as it was kept before a cell had its options with it, and a block its states (schema up to 0027), made of what is kept now: so
// that the upgrade is tried on a publication that was really counted.
using System.Text.RegularExpressions;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

internal static partial class EarlierCells
{
    private const int Upgrade = 28;

    /// <summary>Puts a database back to before the upgrade.</summary>
    public static async Task BringBackAsync(TemporaryFolder data, IReadOnlyDictionary<string, MeasureSheet> sheets)
    {
        await StatesAsync(data.Database, sheets);
        var old = Table().Matches(Migrator.All(data.Database.Dialect).Single(m => m.Number == 25).Sql).ToDictionary(m => m.Groups[1].Value, m => m.Value);
        await data.RunAsync(old["KeptFigure"]);
        await data.RunAsync(old["KeptOption"]);
        await data.RunAsync(
            """
            INSERT INTO KeptFigure (Id, FromPublication, UntilPublication, BlockId, MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange,
              NotGoodWantChange, FiguresOf, Suppressed, SuppressionReason, ShownThrough)
            SELECT Id, FromPublication, UntilPublication, BlockId, MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange,
              NotGoodWantChange, FiguresOf, Suppressed, SuppressionReason, ShownThrough
            FROM KeptCell WHERE Scored = 1;
            INSERT INTO KeptOption (Id, FromPublication, UntilPublication, BlockId, MeasureId, OptionCode, OptionTextNl, OptionTextEn, Position, People, Share, ShareLow, ShareHigh, FiguresOf,
              Suppressed, SuppressionReason, ShownThrough)
            SELECT o.Id, o.FromPublication, k.UntilPublication, k.BlockId, k.MeasureId, o.OptionCode, o.OptionTextNl, o.OptionTextEn, o.Id - k.FirstOption, o.People, o.Share, o.ShareLow, o.ShareHigh, k.FiguresOf,
              k.Suppressed, k.SuppressionReason, k.ShownThrough
            FROM CellOption o JOIN KeptCell k ON k.Id = o.CellId AND k.FromPublication = o.FromPublication;
            DROP VIEW PublishedOutcome;
            DROP VIEW PublishedDistribution;
            DROP TABLE KeptCell;
            DROP TABLE CellOption;
            DROP TABLE BlockState;
            """);
        // What they showed is the upgrade's to say anew.
        await data.RunAsync("CREATE VIEW PublishedOutcome AS SELECT Id FROM KeptFigure");
        await data.RunAsync("CREATE VIEW PublishedDistribution AS SELECT Id FROM KeptOption");
        // The indexes that came after it (0030, 0031) are made once more, and the one that went is there again.
        foreach (var (index, table) in ((string, string)[])[("IX_Agreement_Running", "Agreement"), ("IX_Agreement_Told", "Agreement"), ("IX_Conversation_Listed", "Conversation")])
        {
            await data.RunAsync($"DROP INDEX {index}{(data.Database.Dialect == SqlDialect.Sqlite ? "" : $" ON {table}")}");
        }

        await data.RunAsync("CREATE INDEX IX_Conversation_Client ON Conversation (ClientId, HeldOn)");
        await data.RunAsync("DELETE FROM SchemaMigration WHERE Number >= @Upgrade", new { Upgrade });
    }

    private static async Task StatesAsync(IDatabase database, IReadOnlyDictionary<string, MeasureSheet> sheets)
    {
        await using var connection = await database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (group, instrument, perspective) in await connection.QueryAsync<(Guid, string, string)>("SELECT DISTINCT ClientGroupId, InstrumentId, Perspective FROM OutcomeBlock", transaction: transaction))
        {
            var family = OutcomeFamily.Of(group, instrument, perspective);
            await Rows.InsertAsync(
                connection, transaction, "PublishedState", ["GroupId", "InstrumentId", "Perspective", "PeriodId", "PlaceId", "MeasureId", "Through", "Shown", "LeftOutMarked"],
                (await BlockStates.OfAsync(connection, transaction, family, sheets[instrument], default)).Select(s => (object?[])[group, instrument, perspective, s.Period, s.Place, sheets[instrument].All[s.Measure].Id, s.Through, s.Shown, s.LeftOutMarked]), default);
        }

        await transaction.CommitAsync();
    }

    [GeneratedRegex(@"CREATE TABLE (\w+) \(\n(?:  .*\n)+\).*;")]
    private static partial Regex Table();
}
