// What the publication before this one showed of a family. Hiding looks at it, and a figure that may not move yet is shown
// again as it was.
using System.Data.Common;
using ClientVoice.Conversations;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>The figures of one cell, as published.</summary>
internal sealed record ShownFigures
{
    public string PeriodId { get; init; } = "";

    public Guid PlaceId { get; init; }

    public string MeasureId { get; init; } = "";

    public int? Respondents { get; init; }

    public double? ScoreSum { get; init; }

    public double? Mean { get; init; }

    public double? StandardDeviation { get; init; }

    public double? IntervalLow { get; init; }

    public double? IntervalHigh { get; init; }

    public int? PassedOver { get; init; }

    public int? NotGood { get; init; }

    public int? WantChange { get; init; }

    public int? NotGoodWantChange { get; init; }

    public int? FiguresOf { get; init; }

    public long? ShownThrough { get; init; }

    public string? SuppressionReason { get; init; }
}

/// <summary>How many chose one option, as published.</summary>
internal sealed record ShownOption
{
    public string PeriodId { get; init; } = "";

    public Guid PlaceId { get; init; }

    public string MeasureId { get; init; } = "";

    public int Position { get; init; }

    public int? People { get; init; }

    public double? Share { get; init; }

    public double? ShareLow { get; init; }

    public double? ShareHigh { get; init; }

    public int? FiguresOf { get; init; }

    public long? ShownThrough { get; init; }

    public string? SuppressionReason { get; init; }
}

/// <summary>A cell of the publication before.</summary>
/// <param name="ShownThrough">The last change in what was shown; null where it never was.</param>
/// <param name="Why">Why no figures are shown in that publication; null where they are.</param>
internal sealed record EarlierCell(long? ShownThrough, string? Why, ShownFigures? Figures, IReadOnlyList<ShownOption> Options);

/// <summary>The publication before this one.</summary>
/// <param name="Number">Its number; 0 where this is the first.</param>
/// <param name="Through">The last change that is in it.</param>
internal sealed record EarlierPublication(int Number, long Through, bool LeftOutMarked)
{
    public static readonly EarlierPublication None = new(0, 0, false);

    /// <summary>The newest publication that can be read.</summary>
    public static async Task<EarlierPublication> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition("SELECT Number, ThroughSequence, LeftOutMarked FROM Publication WHERE IsCurrent = 1", transaction: transaction, cancellationToken: cancel)) is { } row
            ? new EarlierPublication(row.Number, row.ThroughSequence, row.LeftOutMarked)
            : None;

    /// <summary>The oldest change up to which something of it is shown: what came later can be news.</summary>
    public async Task<long> OldestShownAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel) =>
        Number == 0 ? 0 : await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COALESCE(MIN(ShownThrough), 0) FROM PublishedOutcome WHERE Publication = @Number", new { Number }, transaction, cancellationToken: cancel));

    /// <summary>The cells of a family, by period, place and measure.</summary>
    public async Task<IReadOnlyDictionary<(string Period, Guid Place, string Measure), EarlierCell>> CellsAsync(DbConnection connection, DbTransaction transaction, OutcomeFamily family, CancellationToken cancel)
    {
        if (Number == 0)
        {
            return new Dictionary<(string, Guid, string), EarlierCell>();
        }

        var figures = await RowsAsync<ShownFigures>("PublishedOutcome", "Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, PassedOver, NotGood, WantChange, NotGoodWantChange");
        var options = (await RowsAsync<ShownOption>("PublishedDistribution", "Position, People, Share, ShareLow, ShareHigh")).ToLookup(o => (o.PeriodId, o.PlaceId, o.MeasureId));
        var cells = figures.ToDictionary(f => (f.PeriodId, f.PlaceId, f.MeasureId), f => new EarlierCell(f.ShownThrough, f.SuppressionReason, f, [.. options[(f.PeriodId, f.PlaceId, f.MeasureId)].OrderBy(o => o.Position)]));
        foreach (var alone in options.Where(o => !cells.ContainsKey(o.Key)))
        {
            cells[alone.Key] = new EarlierCell(alone.First().ShownThrough, alone.First().SuppressionReason, null, [.. alone.OrderBy(o => o.Position)]);
        }

        return cells;

        async Task<IReadOnlyList<T>> RowsAsync<T>(string table, string columns) => [.. await connection.QueryAsync<T>(new CommandDefinition(
            $"SELECT PeriodId, PlaceId, MeasureId, {columns}, FiguresOf, ShownThrough, SuppressionReason FROM {table} WHERE Publication = @Number AND ClientGroupId = @Group AND InstrumentId = @Instrument AND Perspective = @Perspective",
            new { Number, family.Group, family.Instrument, family.Perspective }, transaction, 300, cancellationToken: cancel))];
    }

    /// <summary>Every cell of a family that was ever shown, or hidden for its own sake; measures that the sheet does not know are left out.</summary>
    public static async Task<IReadOnlyList<CountedCell>> StatesAsync(DbConnection connection, DbTransaction transaction, OutcomeFamily family, MeasureSheet sheet, CancellationToken cancel)
    {
        var measures = sheet.All.ToDictionary(m => m.Id, m => m.Index);
        var rows = await connection.QueryAsync<StateRow>(new CommandDefinition(
            "SELECT PeriodId, PlaceId, MeasureId, Through, Shown, LeftOutMarked FROM PublishedState WHERE GroupId = @Group AND InstrumentId = @Instrument AND Perspective = @Perspective",
            new { family.Group, family.Instrument, family.Perspective }, transaction, 300, cancellationToken: cancel));
        return [.. rows.Where(r => measures.ContainsKey(r.MeasureId)).Select(r => new CountedCell(r.PeriodId, r.PlaceId, measures[r.MeasureId], r.Through, r.LeftOutMarked, r.Shown))];
    }

    /// <summary>Participation by block: why it was hidden, null where it was shown.</summary>
    public async Task<IReadOnlyDictionary<Block, string?>> ParticipationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var rows = Number == 0 ? [] : await connection.QueryAsync<ParticipationKey>(new CommandDefinition(
            "SELECT PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective, SuppressionReason FROM PublishedParticipation WHERE Publication = @Number", new { Number }, transaction, 300, cancellationToken: cancel));
        return rows.ToDictionary(r => new Block(r.PeriodId, r.PlaceId, r.ClientGroupId, r.InstrumentId, r.Perspective), r => r.SuppressionReason);
    }

    private sealed record Row
    {
        public int Number { get; init; }

        public long ThroughSequence { get; init; }

        public bool LeftOutMarked { get; init; }
    }

    private sealed record StateRow
    {
        public string PeriodId { get; init; } = "";

        public Guid PlaceId { get; init; }

        public string MeasureId { get; init; } = "";

        public long Through { get; init; }

        public bool Shown { get; init; }

        public bool LeftOutMarked { get; init; }
    }

    private sealed record ParticipationKey
    {
        public string PeriodId { get; init; } = "";

        public Guid PlaceId { get; init; }

        public Guid ClientGroupId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string Perspective { get; init; } = "";

        public string? SuppressionReason { get; init; }
    }
}
