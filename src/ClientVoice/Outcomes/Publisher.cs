// Turns counted and hidden cells into the rows of a publication and keeps them in one transaction, so that
// readers see the old one whole or the new one whole.
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Clients;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>What a publication is made from, dimensions included.</summary>
internal sealed record PublicationSource(
    RawTable Table, IReadOnlyList<Place> Places, IReadOnlyList<ClientGroup> Groups, IReadOnlyList<Instrument> Instruments);

/// <summary>Makes the rows, hidden ones without figures.</summary>
internal static class PublicationRows
{
    public static PublishedRows Make(PublicationSource source)
    {
        var disclosure = new Disclosure(
            source.Places.Where(p => p.ParentId is not null).ToLookup(p => p.ParentId!.Value, p => p.Id),
            source.Table.Periods.Where(p => p.Kind == "quarter").ToLookup(p => p.YearId, p => p.Id),
            source.Places.FirstOrDefault(p => p.ParentId is null)?.SmallestGroup ?? 5);
        var instruments = source.Instruments.ToDictionary(i => i.Key.ToString());
        // A version that is no longer known has no texts to publish its figures under.
        var cells = Sorted(source.Table.Cells.Where(c => instruments.ContainsKey(c.Block.Instrument)), c => c.Block, c => c.Measure);
        var hidden = disclosure.Hide([.. cells.Select(c => new HidingCell(Series(c.Block, c.Measure), c.Block.Period, c.Block.Place, c.People, Own(c)))]);
        var participation = Sorted(source.Table.Participation.Where(p => instruments.ContainsKey(p.Block.Instrument)), p => p.Block, _ => "");
        var hiddenParticipation = disclosure.Hide([.. participation.Select(p => new HidingCell(Series(p.Block, ""), p.Block.Period, p.Block.Place, Math.Min(p.Held, p.Invited), null))]);
        var outcomes = new List<object>();
        var distributions = new List<object>();
        for (var i = 0; i < cells.Count; i++)
        {
            var why = hidden.GetValueOrDefault(i);
            if (cells[i].Scores.Count > 0)
            {
                outcomes.Add(Outcome(outcomes.Count + 1, cells[i], why));
            }

            distributions.AddRange(Distribution(distributions.Count + 1, cells[i], instruments[cells[i].Block.Instrument], why));
        }

        return new PublishedRows(
            outcomes,
            distributions,
            [.. participation.Select((p, i) => ParticipationRow(i + 1, p, hiddenParticipation.GetValueOrDefault(i)))],
            outcomes.Count + distributions.Count + participation.Count,
            Hidden(cells, hidden) + hiddenParticipation.Count);
    }

    // Everyone the same: the figure says what each of them answered.
    private static string? Own(RawCell cell) =>
        cell.People > 1 && (cell.Options.Count == 1 || (cell.Scores.Count > 1 && cell.Scores.All(s => s == cell.Scores[0])))
            ? HiddenBecause.AllTheSame
            : null;

    private static int Hidden(IReadOnlyList<RawCell> cells, IReadOnlyDictionary<int, string> hidden) =>
        hidden.Keys.Sum(i => cells[i].Options.Count + (cells[i].Scores.Count > 0 ? 1 : 0));

    private static string Series(Block block, string measure) => $"{block.Group}|{block.Instrument}|{block.Perspective}|{measure}";

    private static List<T> Sorted<T>(IEnumerable<T> rows, Func<T, Block> block, Func<T, string> measure) =>
    [
        .. rows.OrderBy(r => block(r).Period, StringComparer.Ordinal)
            .ThenBy(r => block(r).Group).ThenBy(r => block(r).Place)
            .ThenBy(r => block(r).Instrument, StringComparer.Ordinal)
            .ThenBy(r => block(r).Perspective, StringComparer.Ordinal)
            .ThenBy(measure, StringComparer.Ordinal),
    ];

    private static object Outcome(int id, RawCell cell, string? why)
    {
        var s = Statistics.Summarise(cell.Scores);
        var open = why is null;
        return new
        {
            Id = id, PeriodId = cell.Block.Period, PlaceId = cell.Block.Place, ClientGroupId = cell.Block.Group,
            InstrumentId = cell.Block.Instrument, cell.Block.Perspective, MeasureId = cell.Measure,
            Respondents = open ? s.Count : (int?)null,
            ScoreSum = open ? Round(s.Sum) : null, Mean = open ? Round(s.Mean) : null, StandardDeviation = open ? Round(s.StandardDeviation) : null,
            IntervalLow = open ? Round(s.Low) : null, IntervalHigh = open ? Round(s.High) : null,
            Suppressed = !open, SuppressionReason = why,
        };
    }

    private static IEnumerable<object> Distribution(int firstId, RawCell cell, Instrument instrument, string? why)
    {
        var code = cell.Measure[(cell.Measure.LastIndexOf('/') + 1)..];
        if (cell.Options.Count == 0 || instrument.Questions.FirstOrDefault(q => q.Id == code) is not { } question)
        {
            return [];
        }

        // Every option has its row, chosen or not: a reader sees a zero as a zero.
        var people = (double)cell.People;
        return question.Options.Select((option, position) => new
        {
            Id = firstId + position, PeriodId = cell.Block.Period, PlaceId = cell.Block.Place, ClientGroupId = cell.Block.Group,
            InstrumentId = cell.Block.Instrument, cell.Block.Perspective, MeasureId = cell.Measure,
            OptionCode = option.Code, OptionTextNl = option.Text.Nl, OptionTextEn = option.Text.In("en"), Position = position,
            People = why is null ? cell.Options.GetValueOrDefault(option.Code) : (int?)null,
            Share = why is null ? Round(cell.Options.GetValueOrDefault(option.Code) / people) : null,
            Suppressed = why is not null, SuppressionReason = why,
        });
    }

    private static object ParticipationRow(int id, RawParticipation row, string? why)
    {
        var open = why is null;
        return new
        {
            Id = id, PeriodId = row.Block.Period, PlaceId = row.Block.Place, ClientGroupId = row.Block.Group,
            InstrumentId = row.Block.Instrument, row.Block.Perspective,
            Invited = open ? row.Invited : (int?)null, Held = open ? row.Held : (int?)null,
            Refused = open ? row.Refused : (int?)null, Stopped = open ? row.Stopped : (int?)null,
            ResponseRate = open ? Round((double)row.Held / row.Invited) : null,
            Suppressed = !open, SuppressionReason = why,
        };
    }

    // Four places: more would be false precision, and would differ between databases in the last bit.
    private static double? Round(double? value) => value is { } v ? Math.Round(v, 4, MidpointRounding.AwayFromZero) : null;
}

/// <summary>The rows of the facts.</summary>
internal sealed record PublishedRows(
    IReadOnlyList<object> Outcomes, IReadOnlyList<object> Distributions, IReadOnlyList<object> Participation, int Cells, int HiddenCells)
{
    /// <summary>SHA-256 over all rows in order: the same figures give the same hash.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in Outcomes.Concat(Distributions).Concat(Participation))
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(row));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Writes a publication.</summary>
internal static class Publisher
{
    // A reader that pages through a publication has until the third next one to finish.
    private const int Kept = 3;

    private const string Block = "Publication, Id, PeriodId, PlaceId, ClientGroupId, InstrumentId, Perspective";

    public static async Task<Publication> WriteAsync(
        DbConnection connection, DbTransaction transaction, PublicationSource source, long through, DateTimeOffset now, CancellationToken cancel)
    {
        // Another run (a verb beside the service) may have counted later facts meanwhile: those stay.
        var seen = await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COALESCE(MAX(ThroughSequence), 0) FROM Publication", transaction: transaction, cancellationToken: cancel));
        if (seen > through)
        {
            throw new InvalidOperationException("A newer publication was made meanwhile; this one was dropped.");
        }

        var rows = PublicationRows.Make(source);
        var number = 1 + await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COALESCE(MAX(Number), 0) FROM Publication", transaction: transaction, cancellationToken: cancel));
        await DimensionsAsync();
        await InsertAsync("PublishedOutcome", Block + ", MeasureId, Respondents, ScoreSum, Mean, StandardDeviation, IntervalLow, IntervalHigh, Suppressed, SuppressionReason", rows.Outcomes);
        await InsertAsync("PublishedDistribution", Block + ", MeasureId, OptionCode, OptionTextNl, OptionTextEn, Position, People, Share, Suppressed, SuppressionReason", rows.Distributions);
        await InsertAsync("PublishedParticipation", Block + ", Invited, Held, Refused, Stopped, ResponseRate, Suppressed, SuppressionReason", rows.Participation);
        var publication = new Publication(number, now, rows.Sha256(), rows.Cells, rows.HiddenCells);
        await RunAsync("UPDATE Publication SET IsCurrent = 0 WHERE IsCurrent = 1", null);
        await RunAsync(
            "INSERT INTO Publication (Number, MadeAt, ThroughSequence, Sha256, Cells, HiddenCells, IsCurrent) VALUES (@Number, @MadeAt, @through, @Sha256, @Cells, @HiddenCells, 1)",
            new { publication.Number, publication.MadeAt, through, publication.Sha256, publication.Cells, publication.HiddenCells });
        foreach (var table in PublishedModel.Sets.Select(s => s.Table))
        {
            await RunAsync($"DELETE FROM {table} WHERE Publication <= @old", new { old = number - Kept });
        }

        await RunAsync("DELETE FROM Publication WHERE Number <= @old", new { old = number - Kept });
        await RunAsync("DELETE FROM OutcomeChange WHERE Sequence <= @through", new { through });
        return publication;

        async Task DimensionsAsync()
        {
            await InsertAsync("PublishedPlace", "Publication, Id, ParentId, Kind, Name", source.Places);
            await InsertAsync("PublishedClientGroup", "Publication, Id, Code, NameNl, NameEn, Law", source.Groups.Select(g => new { g.Id, g.Code, NameNl = g.Name.Nl, NameEn = g.Name.In("en"), g.Law }));
            await InsertAsync("PublishedPeriod", "Publication, Id, Kind, FromOn, UntilOn", source.Table.Periods);
            await InsertAsync("PublishedInstrument", "Publication, Id, InstrumentId, Version, Kind, TitleNl, TitleEn", source.Instruments.Select(InstrumentRow));
            await InsertAsync("PublishedMeasure", "Publication, Id, InstrumentId, Kind, Code, TextNl, TextEn, SharedDomain, WishOf, Position", source.Instruments.SelectMany(MeasureRows));
        }

        Task RunAsync(string sql, object? values) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, commandTimeout: 300, cancellationToken: cancel));

        // The publication's number is the program's own, so it may stand in the text.
        Task InsertAsync(string table, string columns, IEnumerable<object> values) => RunAsync(
            $"INSERT INTO {table} ({columns}) VALUES ({number.ToString(CultureInfo.InvariantCulture)}{string.Concat(columns.Split(", ").Skip(1).Select(c => ", @" + c))})",
            values.ToList());
    }

    private static object InstrumentRow(Instrument i) => new
    {
        Id = i.Key.ToString(), InstrumentId = i.Key.Id, i.Key.Version, i.Kind, TitleNl = i.Title.Nl, TitleEn = i.Title.In("en"),
    };

    private static IEnumerable<object> MeasureRows(Instrument instrument)
    {
        var key = instrument.Key.ToString();
        var position = 0;
        foreach (var domain in instrument.Domains)
        {
            yield return new { Id = $"{key}/domain/{domain.Id}", InstrumentId = key, Kind = "domain", Code = domain.Id, TextNl = domain.Title.Nl, TextEn = domain.Title.In("en"), SharedDomain = (string?)domain.Shared, WishOf = (string?)null, Position = position++ };
        }

        foreach (var question in instrument.Questions.Where(q => q.Kind != AnswerKind.Text))
        {
            yield return new
            {
                Id = $"{key}/question/{question.Id}", InstrumentId = key, Kind = "question", Code = question.Id, TextNl = question.Text.Nl, TextEn = question.Text.In("en"),
                SharedDomain = question.Domain, WishOf = question.WishOf is { } about ? $"{key}/question/{about}" : null, Position = position++,
            };
        }
    }
}
