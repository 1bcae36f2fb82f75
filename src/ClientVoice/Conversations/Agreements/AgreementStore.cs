// Whose an agreement is follows from who is there: somebody took it over, else the client's regular worker has it, else whoever
// sent the conversation in. So it goes along when a client gets another worker, and nobody has to remember to hand it over.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Shell.Lists;
using Dapper;

namespace ClientVoice.Conversations.Agreements;

/// <summary>Reads agreements in somebody's scope, and keeps what becomes of them.</summary>
internal sealed class AgreementStore(IDatabase database, Secrets secrets, OpenedNames names, Observations observations, TimeProvider time)
{
    private const string Owner = "COALESCE(o.Id, w.Id, h.Id)";

    // Whose it can be at all. To look only at these is what keeps a page of one's own from reading those of a whole organisation.
    private const string MaybeMine =
        """
        (SELECT x.Id FROM Agreement x WHERE x.OwnerId = @person
         UNION ALL SELECT x.Id FROM Client k JOIN Agreement x ON x.ClientId = k.Id WHERE k.RegularWorkerId = @person
         UNION ALL SELECT x.Id FROM Conversation k JOIN Agreement x ON x.ConversationId = k.Id WHERE k.PersonId = @person)
        """;

    private const string IsMine = $" AND {Owner} = @person AND a.Id IN {MaybeMine}";

    private static readonly string InScope =
        $"""
        FROM Agreement a
        JOIN Conversation v ON v.Id = a.ConversationId
        JOIN Client c ON c.Id = a.ClientId
        JOIN Place p ON p.Id = c.PlaceId
        LEFT JOIN Person o ON o.Id = a.OwnerId AND o.DisabledAt IS NULL
        LEFT JOIN Person w ON w.Id = c.RegularWorkerId AND w.DisabledAt IS NULL
        LEFT JOIN Person h ON h.Id = v.PersonId AND h.DisabledAt IS NULL
        WHERE {ScopeSql.Of("c", "@person")}
        """;

    // The same rows where nobody asks whose they are.
    private static readonly string Anybodys = $"FROM Agreement a JOIN Client c ON c.Id = a.ClientId WHERE {ScopeSql.Of("c", "@person")}";

    // Somebody without access does not count. Whether the client has a regular worker is looked at before any agreement is.
    private const string IsNobodys =
        """
         AND NOT EXISTS (SELECT 1 FROM Person x WHERE x.Id = c.RegularWorkerId AND x.DisabledAt IS NULL)
         AND NOT EXISTS (SELECT 1 FROM Person x WHERE x.Id = a.OwnerId AND x.DisabledAt IS NULL)
         AND NOT EXISTS (SELECT 1 FROM Person x WHERE x.Id = v.PersonId AND x.DisabledAt IS NULL)
        """;

    // The first two say that nothing was told yet: the index of what runs is of those alone, and does not grow with what ended. Nothing is told that has not ended.
    private const string IsOpen = "a.ToldBackAt IS NULL AND a.DoneAt IS NULL AND a.NotDoneAt IS NULL";
    private const string IsToTell = "a.ToldBackAt IS NULL AND (a.DoneAt IS NOT NULL OR a.NotDoneAt IS NOT NULL)";
    private const string IsTold = "a.ToldBackAt IS NOT NULL";
    private const string Since = " AND a.ToldBackAt >= @since";

    // By these the database sorts; no day comes last, and every order ends in the id.
    private static readonly Dictionary<string, (string Up, string Down)> Orders = new()
    {
        ["due"] = ("CASE WHEN a.DueOn IS NULL THEN 1 ELSE 0 END, a.DueOn, v.HeldOn", "CASE WHEN a.DueOn IS NULL THEN 1 ELSE 0 END, a.DueOn DESC, v.HeldOn"),
        ["place"] = ("p.Name, v.HeldOn", "p.Name DESC, v.HeldOn"),
        ["told"] = ("a.ToldBackAt, v.HeldOn", "a.ToldBackAt DESC, v.HeldOn"),
    };

    /// <summary>The columns by which the list can be sorted, the usual one first.</summary>
    public static IReadOnlyList<string> Sorts { get; } = [.. Orders.Keys];

    /// <summary>How a list is sorted where nobody says: what runs by its day, what the client was told by when, the last first.</summary>
    public static string UsualSort(string? state) => state == AgreementFilter.Closed ? "-told" : "due";

    /// <summary>A part of the list, and how many there are. Names are cipher text: a search opens those of the clients who pass the other filters, and finds them in memory.</summary>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    public async Task<(IReadOnlyList<AgreementLine> Lines, int Total)> ListAsync(Guid person, AgreementFilter filter, string sort, bool descending, int skip, int take, CancellationToken cancel)
    {
        var (where, order) = (Where(filter), Order(sort, descending));
        var values = new DynamicParameters(new { person, place = filter.Place, client = filter.Client, skip, take });
        await using var connection = await database.OpenAsync(cancel);
        if (filter.Search is { } search)
        {
            var found = (await connection.QueryAsync<FoundRow>(new CommandDefinition($"SELECT a.Id, c.NameSecret {InScope}{where}{order}", values, cancellationToken: cancel)))
                .Where(r => NameSearch.Matches(names.Open(r.NameSecret), search)).Select(r => r.Id).ToList();
            return (await ReadAsync(connection, $"{InScope} AND a.Id IN @ids{order}", new { person, ids = IdList.Of(found.Skip(skip).Take(Math.Min(take, ListAddress.PageSize))) }, person, cancel), found.Count);
        }

        int total;
        var shown = "";
        if (filter is not { Whose: AgreementFilter.All, State: AgreementFilter.Closed })
        {
            total = await CountAsync(connection, (filter.Whose == AgreementFilter.All ? Anybodys : InScope) + where, values, cancel);
        }
        else if (sort == "told" && descending && await WasToldLatelyAsync(connection, where, (long)skip + take, values, cancel))
        {
            // All that ever ended, at all places, is too much to sort for one page.
            total = await CountAsync(connection, Anybodys + where, values, cancel);
            shown = Since;
        }
        else
        {
            (total, var withUndated) = await ShowAsync(connection, where, sort, descending, skip, take, values, cancel);
            shown = Shown(sort, withUndated);
        }

        // Sorted by their ids alone, so that words are read of one page and not of all that are sorted.
        var page = $"(SELECT a.Id {InScope}{where}{shown}{order}{database.Dialect.Page("@skip", "@take")})";
        return (await ReadAsync(connection, $"{InScope} AND a.Id IN {page}{order}", values, person, cancel), total);
    }

    /// <summary>The whole list, whose lines are read as they are asked for. A search is not for this.</summary>
    /// <param name="sort">One of <see cref="Sorts"/>.</param>
    public async Task<WholeList<AgreementLine>> WholeAsync(Guid person, AgreementFilter filter, string sort, bool descending, CancellationToken cancel)
    {
        var (where, order) = (Where(filter), Order(sort, descending));
        await using var connection = await database.OpenAsync(cancel);
        var ids = await connection.QueryAsync<Guid>(new CommandDefinition($"SELECT a.Id {InScope}{where}{order}", new { person, place = filter.Place, client = filter.Client }, cancellationToken: cancel));
        return new WholeList<AgreementLine>(ids.AsList(), async (some, stop) =>
        {
            await using var again = await database.OpenAsync(stop);
            return await ReadAsync(again, $"{InScope} AND a.Id IN @ids{order}", new { person, ids = IdList.Of(some) }, person, stop);
        });
    }

    private async Task<bool> WasToldLatelyAsync(DbConnection connection, string where, long wanted, DynamicParameters values, CancellationToken cancel) =>
        await Lately.SinceAsync(time, wanted, since =>
        {
            // From the beginning of that day or later, wherever its noon is.
            values.Add("since", new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero));
            return CountAsync(connection, Anybodys + where + Since, values, cancel);
        }) is not null;

    private static Task<int> CountAsync(DbConnection connection, string from, DynamicParameters values, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) {from}", values, cancellationToken: cancel));

    // Sets the values of the sections that a page shows, and of how many of their agreements come before it.
    private static async Task<(int Total, bool WithUndated)> ShowAsync(DbConnection connection, string where, string sort, bool descending, int skip, int take, DynamicParameters values, CancellationToken cancel)
    {
        switch (sort)
        {
            case "place":
                var places = await SizesAsync<string>(
                    $"""
                    SELECT p.Name, SUM(x.Size)
                    FROM (SELECT c.PlaceId, COUNT(*) AS Size {Anybodys}{where} GROUP BY c.PlaceId) x JOIN Place p ON p.Id = x.PlaceId
                    GROUP BY p.Name ORDER BY p.Name
                    """);
                values.Add("places", Take(descending ? places.Reverse() : places));
                return (places.Sum(p => p.Size), false);
            case "told":
                var moments = await SizesAsync<DateTimeOffset?>($"SELECT a.ToldBackAt, COUNT(*) {Anybodys}{where} GROUP BY a.ToldBackAt ORDER BY a.ToldBackAt");
                var told = Take(descending ? moments.Reverse() : moments);
                values.Add("first", told.Min());
                values.Add("last", told.Max());
                return (moments.Sum(m => m.Size), false);
            default:
                var days = await SizesAsync<DateOnly?>($"SELECT a.DueOn, COUNT(*) {Anybodys}{where} GROUP BY a.DueOn ORDER BY a.DueOn");
                var dated = days.Where(d => d.Section is not null);
                var due = Take((descending ? dated.Reverse() : dated).Concat(days.Where(d => d.Section is null)));
                values.Add("first", due.Min());
                values.Add("last", due.Max());
                return (days.Sum(d => d.Size), due.Contains(null));
        }

        async Task<IReadOnlyList<(T Section, int Size)>> SizesAsync<T>(string sizes) => (await connection.QueryAsync<(T, int)>(new CommandDefinition(sizes, values, cancellationToken: cancel))).AsList();

        IReadOnlyList<T> Take<T>(IEnumerable<(T Section, int Size)> sections)
        {
            var (shown, rest) = Sections.Shown(sections, skip, take);
            values.Add("skip", rest);
            return shown;
        }
    }

    private static string Shown(string sort, bool withUndated) => sort switch
    {
        "place" => " AND p.Name IN @places",
        "told" => " AND a.ToldBackAt >= @first AND a.ToldBackAt <= @last",
        _ => withUndated ? " AND (a.DueOn IS NULL OR (a.DueOn >= @first AND a.DueOn <= @last))" : " AND a.DueOn >= @first AND a.DueOn <= @last",
    };

    private static string Order(string sort, bool descending) => $" ORDER BY {(descending ? Orders[sort].Down : Orders[sort].Up)}, a.Position, a.Id";

    private static string Where(AgreementFilter filter) =>
        filter.Whose switch { AgreementFilter.Mine => IsMine, AgreementFilter.Nobody => IsNobodys, _ => "" }
        + filter.State switch
        {
            AgreementFilter.Open => $" AND {IsOpen}",
            AgreementFilter.Tell => $" AND {IsToTell}",
            AgreementFilter.Closed => $" AND {IsTold}",
            _ => "",
        }
        + (filter.Place is null ? "" : " AND c.PlaceId IN (SELECT DescendantId FROM PlaceTree WHERE AncestorId = @place)")
        + (filter.Client is null ? "" : " AND a.ClientId = @client");

    /// <summary>One agreement; null where there is none in this person's scope.</summary>
    public async Task<AgreementLine?> FindAsync(Guid id, Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await ReadAsync(connection, $"{InScope} AND a.Id = @id", new { id, person }, person, cancel)).SingleOrDefault();
    }

    /// <summary>What waits for somebody.</summary>
    public async Task<AgreementCounts> CountsAsync(Guid person, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleAsync<CountRow>(new CommandDefinition(
            $"""
            SELECT COUNT(CASE WHEN {IsOpen} AND a.DueOn < @today THEN 1 END) AS Late,
              COUNT(CASE WHEN {IsOpen} AND a.DueOn >= @today AND a.DueOn <= @week THEN 1 END) AS Soon,
              COUNT(CASE WHEN {IsToTell} THEN 1 END) AS Tell
            {InScope}{IsMine}
            """,
            new { person, today, week = today.AddDays(7) }, cancellationToken: cancel));
        return new AgreementCounts(row.Late, row.Soon, row.Tell);
    }

    /// <summary>It is done.</summary>
    /// <returns>False where somebody closed it meanwhile.</returns>
    public Task<bool> DoneAsync(Guid id, CancellationToken cancel) =>
        ChangeAsync($"UPDATE Agreement SET DoneAt = @now WHERE Id = @id AND DoneAt IS NULL AND NotDoneAt IS NULL", new { id, now = time.GetUtcNow() }, cancel);

    /// <summary>It was not done, and why.</summary>
    /// <returns>False where somebody closed it meanwhile.</returns>
    public async Task<bool> NotDoneAsync(Guid id, string reason, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        if (await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition("SELECT ClientId FROM Agreement WHERE Id = @id", new { id }, cancellationToken: cancel)) is not { } client)
        {
            return false;
        }

        var about = await secrets.ForAsync(client, cancel);
        return await ChangeAsync(
            "UPDATE Agreement SET NotDoneAt = @now, NotDoneReasonSecret = @reason WHERE Id = @id AND DoneAt IS NULL AND NotDoneAt IS NULL",
            new { id, now = time.GetUtcNow(), reason = about.Protect(SecretKind.Words, reason) }, cancel);
    }

    /// <summary>The client was told what became of it.</summary>
    /// <param name="how">One of <see cref="AgreementTexts.Ways"/>.</param>
    /// <returns>False where it was told already, or is still open.</returns>
    public Task<bool> ToldAsync(Guid id, DateOnly day, string how, Guid by, CancellationToken cancel)
    {
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return ChangeAsync(
            $"UPDATE Agreement SET ToldBackAt = @at, ToldBackHow = @how, ToldBackBy = @by WHERE Id = @id AND ToldBackAt IS NULL AND (DoneAt IS NOT NULL OR NotDoneAt IS NOT NULL)",
            new { id, at = new DateTimeOffset(noon, time.LocalTimeZone.GetUtcOffset(noon)).ToUniversalTime(), how, by }, cancel);
    }

    /// <summary>A slip: it is open again, and what was said of it is gone.</summary>
    public Task<bool> ReopenAsync(Guid id, CancellationToken cancel) => ChangeAsync(
        "UPDATE Agreement SET DoneAt = NULL, NotDoneAt = NULL, NotDoneReasonSecret = NULL, ToldBackAt = NULL, ToldBackHow = NULL, ToldBackBy = NULL WHERE Id = @id", new { id }, cancel);

    /// <summary>Somebody takes it over.</summary>
    public async Task<bool> HandOverAsync(Guid id, Guid owner, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition("UPDATE Agreement SET OwnerId = @owner WHERE Id = @id", new { id, owner }, cancellationToken: cancel)) == 1;
    }

    // What became of it is published: the outcomes are told in the same breath.
    private async Task<bool> ChangeAsync(string sql, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel)) != 1)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition("INSERT INTO FollowUpChange (ConversationId) SELECT ConversationId FROM Agreement WHERE Id = @id", values, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<IReadOnlyList<AgreementLine>> ReadAsync(DbConnection connection, string from, object values, Guid person, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            SELECT a.Id, a.ConversationId, a.ClientId, c.NameSecret AS ClientSecret, c.PlaceId, c.GroupId, p.Name AS Place, v.HeldOn, v.PersonId, v.InstrumentId, v.Perspective,
              a.WhatSecret, a.Who, a.NameSecret, a.DueOn, {Owner} AS OwnerId, COALESCE(o.NameSecret, w.NameSecret, h.NameSecret) AS OwnerSecret,
              CASE WHEN o.Id IS NULL THEN 0 ELSE 1 END AS HandedOver, a.DoneAt, a.NotDoneAt, a.NotDoneReasonSecret, a.ToldBackAt, a.ToldBackHow,
              (SELECT b.NameSecret FROM Person b WHERE b.Id = a.ToldBackBy) AS ToldBySecret
            {from}
            """,
            values, cancellationToken: cancel))).ToList();
        var waiting = await observations.WaitingAsync(connection, rows.Select(r => new Observed(r.ClientId, r.InstrumentId, r.Perspective, r.HeldOn)), cancel);
        return [.. rows.Select(r => Open(r, waiting.Contains(r.ConversationId) && r.PersonId != person))];
    }

    private AgreementLine Open(Row r, bool isClosed) => new(
        r.Id, r.ConversationId, r.ClientId, names.Open(r.ClientSecret), r.PlaceId, r.GroupId, r.Place, r.HeldOn,
        isClosed ? null : secrets.Open(SecretKind.Words, r.WhatSecret), r.Who, Name(r.NameSecret), r.DueOn,
        r.OwnerId, Name(r.OwnerSecret), r.HandedOver == 1, r.DoneAt, r.NotDoneAt, r.NotDoneReasonSecret is null ? null : secrets.Open(SecretKind.Words, r.NotDoneReasonSecret),
        r.ToldBackAt, r.ToldBackHow, Name(r.ToldBySecret));

    // Every word is in the name, whatever the order, case and accents.
    private string? Name(byte[]? secret) => secret is null ? null : names.Open(secret);

    private sealed record FoundRow
    {
        public Guid Id { get; init; }

        public byte[] NameSecret { get; init; } = [];
    }

    private sealed record CountRow
    {
        public int Late { get; init; }

        public int Soon { get; init; }

        public int Tell { get; init; }
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid ConversationId { get; init; }

        public Guid ClientId { get; init; }

        public byte[] ClientSecret { get; init; } = [];

        public Guid PlaceId { get; init; }

        public Guid GroupId { get; init; }

        public string Place { get; init; } = "";

        public DateOnly HeldOn { get; init; }

        public Guid PersonId { get; init; }

        public string InstrumentId { get; init; } = "";

        public string Perspective { get; init; } = "";

        public byte[] WhatSecret { get; init; } = [];

        public string Who { get; init; } = "";

        public byte[]? NameSecret { get; init; }

        public DateOnly? DueOn { get; init; }

        public Guid? OwnerId { get; init; }

        public byte[]? OwnerSecret { get; init; }

        public int HandedOver { get; init; }

        public DateTimeOffset? DoneAt { get; init; }

        public DateTimeOffset? NotDoneAt { get; init; }

        public byte[]? NotDoneReasonSecret { get; init; }

        public DateTimeOffset? ToldBackAt { get; init; }

        public string? ToldBackHow { get; init; }

        public byte[]? ToldBySecret { get; init; }
    }
}
