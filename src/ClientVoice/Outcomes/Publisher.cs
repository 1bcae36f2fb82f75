// Writes a publication piece by piece, so that tablets can send in between, and shows it at once: readers see the old one
// whole or the new one whole. What a run that died had written is taken away by the next.
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>Writes one publication.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    // A reader that pages through a publication has until the third next one to finish.
    private const int Kept = 3;

    // Small enough that a tablet's conversation, which waits behind it on SQLite, waits a fraction of a second.
    private const int Together = 5_000;

    private readonly DbConnection connection;
    private readonly AggregationTurn turn;
    private readonly PublicationMoment moment;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, int> ids = [];

    private Publisher(DbConnection connection, AggregationTurn turn, PublicationMoment moment)
    {
        this.connection = connection;
        this.turn = turn;
        this.moment = moment;
    }

    public int Cells { get; private set; }

    /// <summary>Begins; takes away what an earlier run left unfinished.</summary>
    public static async Task<Publisher> BeginAsync(DbConnection connection, AggregationTurn turn, PublicationMoment moment, CancellationToken cancel)
    {
        foreach (var table in PublishedModel.Sets.Select(s => s.Table))
        {
            await connection.ExecuteAsync(new CommandDefinition($"DELETE FROM {table} WHERE Publication >= @Number", new { moment.Number }, commandTimeout: 600, cancellationToken: cancel));
        }

        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM PublishedState WHERE Through > @Through", new { moment.Before.Through }, commandTimeout: 600, cancellationToken: cancel));
        return new Publisher(connection, turn, moment);
    }

    /// <summary>Notes what is shown, or hidden for its own sake, for the first time.</summary>
    public async Task StatesAsync(OutcomeFamily family, IEnumerable<(OutcomeCell Cell, bool Shown)> states, bool leftOutMarked, CancellationToken cancel)
    {
        foreach (var chunk in states.Chunk(Together))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await turn.RenewAsync(connection, transaction, cancel);
            await Rows.InsertAsync(
                connection, transaction, "PublishedState", ["GroupId", "InstrumentId", "Perspective", "PeriodId", "PlaceId", "MeasureId", "Through", "Shown", "LeftOutMarked"],
                chunk.Select(s => (object?[])[family.Group, family.Instrument, family.Perspective, s.Cell.Period, s.Cell.Place, s.Cell.Measure.Id, moment.Through, s.Shown, leftOutMarked]), cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>The places, groups, periods, instruments and measures that the figures refer to.</summary>
    public async Task DimensionsAsync(IReadOnlyList<Place> places, IReadOnlyList<ClientGroup> groups, IEnumerable<Period> periods, IEnumerable<MeasureSheet> sheets, CancellationToken cancel)
    {
        var all = sheets.ToList();
        await WriteAsync("PublishedPlace", ["Id", "ParentId", "Kind", "Name"], places.Select(p => (object?[])[p.Id, p.ParentId, p.Kind, p.Name]), cancel);
        await WriteAsync("PublishedClientGroup", ["Id", "Code", "NameNl", "NameEn", "Law"], groups.Select(g => (object?[])[g.Id, g.Code, g.Name.Nl, g.Name.In("en"), g.Law]), cancel);
        await WriteAsync("PublishedPeriod", ["Id", "Kind", "FromOn", "UntilOn"], periods.Select(p => (object?[])[p.Id, p.Kind, p.FromOn, p.UntilOn]), cancel);
        await WriteAsync(
            "PublishedInstrument", ["Id", "InstrumentId", "Version", "Kind", "TitleNl", "TitleEn"],
            all.Select(s => s.Instrument).Select(i => (object?[])[i.Key.ToString(), i.Key.Id, i.Key.Version, i.Kind, i.Title.Nl, i.Title.In("en")]), cancel);
        await WriteAsync(
            "PublishedMeasure", ["Id", "InstrumentId", "Kind", "Code", "TextNl", "TextEn", "SharedDomain", "WishOf", "Position", "ContinuesId"],
            all.SelectMany(s => s.All.Select(m => (object?[])[m.Id, s.Instrument.Key.ToString(), m.Kind, m.Code, m.Text.Nl, m.Text.In("en"), m.Shared, m.WishOf, m.Index, m.Continues])), cancel);
    }

    /// <summary>Rows of facts, which get their ids here.</summary>
    /// <param name="internals">How many of the last columns are the service's own, and no part of what is published.</param>
    public async Task FactsAsync(string table, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, int internals, CancellationToken cancel)
    {
        var first = ids.GetValueOrDefault(table);
        ids[table] = first + rows.Count;
        Cells += rows.Count;
        foreach (var row in rows)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(row[..^internals]));
        }

        await WriteAsync(table, ["Id", .. columns], rows.Select((row, i) => (object?[])[first + i + 1, .. row]), cancel);
    }

    /// <summary>Shows it.</summary>
    /// <exception cref="InvalidOperationException">Another run was first.</exception>
    public async Task<Publication> ShowAsync(int hidden, bool leftOutMarked, DateTimeOffset now, CancellationToken cancel)
    {
        var publication = new Publication(moment.Number, now, Convert.ToHexStringLower(hash.GetHashAndReset()), Cells, hidden);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        await turn.RenewAsync(connection, transaction, cancel);
        await RunAsync("UPDATE Publication SET IsCurrent = 0 WHERE IsCurrent = 1", null);
        await RunAsync(
            "INSERT INTO Publication (Number, MadeAt, ThroughSequence, Sha256, Cells, HiddenCells, IsCurrent, LeftOutMarked) VALUES (@Number, @MadeAt, @Through, @Sha256, @Cells, @HiddenCells, 1, @leftOutMarked)",
            new { publication.Number, publication.MadeAt, moment.Through, publication.Sha256, publication.Cells, publication.HiddenCells, leftOutMarked });
        await RunAsync("DELETE FROM Publication WHERE Number <= @old", new { old = moment.Number - Kept });
        await transaction.CommitAsync(cancel);
        foreach (var table in PublishedModel.Sets.Select(s => s.Table))
        {
            await connection.ExecuteAsync(new CommandDefinition($"DELETE FROM {table} WHERE Publication <= @old", new { old = moment.Number - Kept }, commandTimeout: 600, cancellationToken: cancel));
        }

        return publication;

        Task RunAsync(string sql, object? values) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));
    }

    public ValueTask DisposeAsync()
    {
        hash.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        foreach (var chunk in rows.Chunk(Together))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await turn.RenewAsync(connection, transaction, cancel);
            await Rows.InsertAsync(connection, transaction, table, ["Publication", .. columns], chunk.Select(row => (object?[])[moment.Number, .. row]), cancel);
            await transaction.CommitAsync(cancel);
        }
    }
}
