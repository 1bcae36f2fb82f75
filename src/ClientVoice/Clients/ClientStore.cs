using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Clients;

/// <summary>Keeps places, client groups and clients.</summary>
internal sealed class ClientStore(IDatabase database, Secrets secrets, OpenedNames names, TimeProvider time)
{
    // The clients in a person's scope: of its groups, at its places and at every place below them.
    private static readonly string InScope =
        $"""
        FROM Client c
        JOIN Place p ON p.Id = c.PlaceId
        WHERE {ScopeSql.Of("c", "@personId")}
        """;

    /// <summary>1 where a client <c>c</c> took back being asked, as SQL.</summary>
    public const string NotAsked = "CASE WHEN EXISTS (SELECT 1 FROM ConsentWithdrawal w WHERE w.ClientId = c.Id AND w.Kind = 'asking' AND w.AgainAt IS NULL) THEN 1 ELSE 0 END";

    /// <summary>Whether the organisation has been set up.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM Place", cancellationToken: cancel)) > 0;
    }

    /// <summary>Every place, parents before children.</summary>
    public async Task<IReadOnlyList<Place>> PlacesAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<PlaceRow>(new CommandDefinition(
            """
            SELECT p.Id, p.ParentId, p.Kind, p.Name, p.SmallestGroup, p.LeavesOutMarked
            FROM Place p
            ORDER BY (SELECT COUNT(*) FROM PlaceTree t WHERE t.DescendantId = p.Id), p.Name, p.Id
            """,
            cancellationToken: cancel));
        return [.. rows.Select(r => new Place(r.Id, r.ParentId, r.Kind, r.Name, r.SmallestGroup) { LeavesOutMarked = r.LeavesOutMarked })];
    }

    /// <summary>A place and every place below it.</summary>
    public async Task<IReadOnlySet<Guid>> BelowAsync(Guid place, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await connection.QueryAsync<Guid>(new CommandDefinition("SELECT DescendantId FROM PlaceTree WHERE AncestorId = @place", new { place }, cancellationToken: cancel))).ToHashSet();
    }

    /// <summary>Every client group, by Dutch name.</summary>
    public Task<IReadOnlyList<ClientGroup>> GroupsAsync(CancellationToken cancel) => GroupsAsync("", null, cancel);

    /// <summary>The client groups in a person's scope, by Dutch name.</summary>
    public Task<IReadOnlyList<ClientGroup>> GroupsInScopeAsync(Guid personId, CancellationToken cancel) =>
        GroupsAsync($" WHERE {ScopeSql.Group("g.Id", "@personId")}", new { personId }, cancel);

    private async Task<IReadOnlyList<ClientGroup>> GroupsAsync(string where, object? values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<GroupRow>(new CommandDefinition(
            $"SELECT g.Id, g.Code, g.NameNl, g.NameEn, g.Law, g.Communication, g.Disability, g.Setting, g.MostPerYear FROM ClientGroup g{where} ORDER BY g.NameNl, g.Id", values, cancellationToken: cancel));
        return [.. rows.Select(r => new ClientGroup(r.Id, r.Code, new LocalText(r.NameNl, r.NameEn), r.Law, Split(r.Communication), Split(r.Disability), Split(r.Setting)) { MostPerYear = r.MostPerYear })];
    }

    /// <summary>The clients in a person's scope who are in support on that day.</summary>
    /// <param name="leftSince">Those too who left on this day or later; null: they alone who are there.</param>
    public async Task<IReadOnlyList<Client>> InScopeAsync(Guid personId, DateOnly on, CancellationToken cancel, DateOnly? leftSince = null)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<ClientRow>(new CommandDefinition(
            $"SELECT c.Id, c.PlaceId, p.Name AS PlaceName, c.GroupId, c.NameSecret, c.ShortNameSecret, c.Communication, c.RegularWorkerId, c.FromOn, c.UntilOn, {ClientPresence.GroupFrom}, {NotAsked} AS NotAsked {InScope} AND c.FromOn <= @on AND (c.UntilOn IS NULL OR c.UntilOn >= @since)",
            new { personId, on, since = leftSince ?? on }, cancellationToken: cancel));
        var evaluations = await EvaluationsInScopeAsync(connection, personId, cancel);
        return [.. rows.Select(row => Open(row, evaluations))];
    }

    /// <summary>The days of evaluation that are known of the clients in a person's scope, in order.</summary>
    public async Task<ILookup<Guid, DateOnly>> EvaluationsInScopeAsync(Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await EvaluationsInScopeAsync(connection, personId, cancel);
    }

    /// <summary>Where a client in a person's scope belongs; null where there is no such client in scope.</summary>
    public async Task<(Guid PlaceId, Guid GroupId)?> WhereAsync(Guid clientId, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<ClientRow>(new CommandDefinition(
            $"SELECT c.PlaceId, c.GroupId {InScope} AND c.Id = @clientId", new { personId, clientId }, cancellationToken: cancel));
        return row is null ? null : (row.PlaceId, row.GroupId);
    }

    /// <summary>How many clients a group has on a day.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> GroupSizesAsync(DateOnly on, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<SizeRow>(new CommandDefinition(
            "SELECT GroupId, COUNT(*) AS People FROM Client WHERE FromOn <= @on AND (UntilOn IS NULL OR UntilOn >= @on) GROUP BY GroupId",
            new { on }, cancellationToken: cancel));
        return rows.ToDictionary(r => r.GroupId, r => r.People);
    }

    /// <summary>The ages in each group on a day; groups without a known year of birth are absent. To the year: only that is kept.</summary>
    public async Task<IReadOnlyDictionary<Guid, AgeSpan>> GroupAgesAsync(DateOnly on, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<BirthRow>(new CommandDefinition(
            """
            SELECT GroupId, MIN(YearOfBirth) AS Earliest, MAX(YearOfBirth) AS Latest
            FROM Client
            WHERE YearOfBirth IS NOT NULL AND FromOn <= @on AND (UntilOn IS NULL OR UntilOn >= @on)
            GROUP BY GroupId
            """,
            new { on }, cancellationToken: cancel));
        return rows.ToDictionary(r => r.GroupId, r => new AgeSpan(on.Year - r.Latest, on.Year - r.Earliest));
    }

    /// <summary>Whether the organisation's outcomes leave out conversations with an answer-quality mark, from the next count on.</summary>
    public async Task LeaveOutMarkedAsync(bool leaveOut, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("UPDATE Place SET LeavesOutMarked = @leaveOut WHERE ParentId IS NULL", new { leaveOut }, cancellationToken: cancel));
    }

    /// <summary>Adds a place below its parent, which must be there already.</summary>
    public async Task AddPlaceAsync(Place place, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await AddPlaceAsync(connection, transaction, place, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Adds a place within the caller's transaction.</summary>
    public static async Task AddPlaceAsync(DbConnection connection, DbTransaction transaction, Place place, CancellationToken cancel)
    {
        await RunAsync("INSERT INTO Place (Id, ParentId, Kind, Name, SmallestGroup) VALUES (@Id, @ParentId, @Kind, @Name, @SmallestGroup)");
        await RunAsync("INSERT INTO PlaceTree (AncestorId, DescendantId, Depth) VALUES (@Id, @Id, 0)");
        await RunAsync("INSERT INTO PlaceTree (AncestorId, DescendantId, Depth) SELECT AncestorId, @Id, Depth + 1 FROM PlaceTree WHERE DescendantId = @ParentId");

        Task RunAsync(string sql) => connection.ExecuteAsync(new CommandDefinition(sql, place, transaction, cancellationToken: cancel));
    }

    public async Task AddGroupAsync(ClientGroup group, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await AddGroupAsync(connection, null, group, cancel);
    }

    /// <summary>Adds a client group within the caller's transaction.</summary>
    public static Task AddGroupAsync(DbConnection connection, DbTransaction? transaction, ClientGroup group, CancellationToken cancel) => connection.ExecuteAsync(new CommandDefinition(
        """
        INSERT INTO ClientGroup (Id, Code, NameNl, NameEn, Law, Communication, Disability, Setting, MostPerYear)
        VALUES (@Id, @Code, @NameNl, @NameEn, @Law, @Communication, @Disability, @Setting, @MostPerYear)
        """,
        new
        {
            group.Id, group.Code, NameNl = group.Name.Nl, NameEn = group.Name.In("en"), group.Law, group.MostPerYear,
            Communication = string.Join(' ', group.Communication),
            Disability = string.Join(' ', group.Disability),
            Setting = string.Join(' ', group.Setting),
        },
        transaction, cancellationToken: cancel));

    /// <summary>Adds clients, all or none.</summary>
    public async Task AddAsync(IReadOnlyCollection<NewClient> clients, CancellationToken cancel)
    {
        var about = await secrets.ForNewAsync([.. clients.Select(c => c.Id)], cancel);
        var now = time.GetUtcNow();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO Client (Id, PlaceId, GroupId, NameSecret, ShortNameSecret, YearOfBirth, Communication, RegularWorkerId, FromOn, KeyedAt)
            VALUES (@Id, @PlaceId, @GroupId, @NameSecret, @ShortNameSecret, @YearOfBirth, @Communication, @RegularWorkerId, @FromOn, @now)
            """,
            clients.Select(c => new
            {
                c.Id, c.PlaceId, c.GroupId, c.YearOfBirth, c.Communication, c.RegularWorkerId, c.FromOn, now,
                NameSecret = about[c.Id].Protect(SecretKind.Name, c.Name),
                ShortNameSecret = about[c.Id].Protect(SecretKind.Name, c.ShortName),
            }),
            transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The clients of a group, without names, whenever they were in support.</summary>
    public async Task<IReadOnlyList<ClientPresence>> OfGroupAsync(Guid groupId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return ClientPresences.WithEvaluations(
            await connection.QueryAsync<ClientPresence>(new CommandDefinition($"SELECT {ClientPresence.Columns} FROM Client c WHERE c.GroupId = @groupId", new { groupId }, cancellationToken: cancel)),
            await ClientPresences.EvaluationsAsync(connection, null, "SELECT e.ClientId, e.EvaluatedOn FROM ClientEvaluation e JOIN Client c ON c.Id = e.ClientId WHERE c.GroupId = @groupId", new { groupId }, cancel));
    }

    private static Task<ILookup<Guid, DateOnly>> EvaluationsInScopeAsync(DbConnection connection, Guid personId, CancellationToken cancel) =>
        ClientPresences.EvaluationsAsync(connection, null, $"SELECT e.ClientId, e.EvaluatedOn FROM ClientEvaluation e WHERE e.ClientId IN (SELECT c.Id {InScope})", new { personId }, cancel);

    private Client Open(ClientRow r, ILookup<Guid, DateOnly> evaluations) => new(
        r.Id, r.PlaceId, r.PlaceName, r.GroupId,
        names.Open(r.NameSecret), names.Open(r.ShortNameSecret),
        r.Communication, r.RegularWorkerId, r.FromOn, r.UntilOn) { IsAsked = r.NotAsked == 0, GroupFromOn = r.GroupFromOn, Evaluations = [.. evaluations[r.Id]] };

    private static string[] Split(string codes) => codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed record PlaceRow
    {
        public Guid Id { get; init; }

        public Guid? ParentId { get; init; }

        public string Kind { get; init; } = "";

        public string Name { get; init; } = "";

        public int? SmallestGroup { get; init; }

        public bool? LeavesOutMarked { get; init; }
    }

    private sealed record GroupRow
    {
        public Guid Id { get; init; }

        public string Code { get; init; } = "";

        public string NameNl { get; init; } = "";

        public string NameEn { get; init; } = "";

        public string Law { get; init; } = "";

        public string Communication { get; init; } = "";

        public string Disability { get; init; } = "";

        public string Setting { get; init; } = "";

        public int? MostPerYear { get; init; }
    }

    private sealed record SizeRow
    {
        public Guid GroupId { get; init; }

        public int People { get; init; }
    }

    private sealed record BirthRow
    {
        public Guid GroupId { get; init; }

        public int Earliest { get; init; }

        public int Latest { get; init; }
    }

    private sealed record ClientRow
    {
        public Guid Id { get; init; }

        public Guid PlaceId { get; init; }

        public string PlaceName { get; init; } = "";

        public Guid GroupId { get; init; }

        public byte[] NameSecret { get; init; } = [];

        public byte[] ShortNameSecret { get; init; } = [];

        public string Communication { get; init; } = "";

        public Guid? RegularWorkerId { get; init; }

        public DateOnly FromOn { get; init; }

        public DateOnly? UntilOn { get; init; }

        public DateOnly? GroupFromOn { get; init; }

        public int NotAsked { get; init; }
    }

}
