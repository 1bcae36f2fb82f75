// A tablet is paired by a person: an administrator names it, reads a code off the desk and types it on the tablet. From then on the
// tablet has a key of its own, which only it holds, and which can be put out of use at once.
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Database;
using ClientVoice.Problems;
using Dapper;
using Microsoft.Extensions.Options;

namespace ClientVoice.Access;

/// <summary>A tablet on the list.</summary>
/// <param name="PairedAt">Null while its code has not been typed.</param>
internal sealed record Tablet(Guid Id, string Name, Guid PlaceId, DateTimeOffset AddedAt, DateTimeOffset? PairedAt, DateTimeOffset? SeenAt, DateTimeOffset? RevokedAt);

/// <summary>Pairs, recognises and revokes tablets.</summary>
internal sealed class Devices(IDatabase database, LookUps lookUps, IOptions<AccessOptions> options, IHostEnvironment environment, TimeProvider time)
{
    /// <summary>The cookie with the tablet's own key.</summary>
    public const string Cookie = "cv-tablet";

    /// <summary>Long enough to walk from the desk to the tablet.</summary>
    public static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(15);

    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const string Columns = "d.Id, d.Name, d.PlaceId, d.AddedAt, d.PairedAt, d.SeenAt, d.RevokedAt";
    private static readonly string Managed = $"d.PlaceId IN {ScopeSql.Places("@manager")}";

    // What is out of use comes last, whatever the order.
    private static readonly Dictionary<string, string> Orders = new() { ["name"] = "d.Name", ["place"] = "p.Name", ["paired"] = "d.PairedAt", ["seen"] = "d.SeenAt" };

    /// <summary>What a list of tablets can be sorted by, the usual one first.</summary>
    public static readonly IReadOnlyList<string> Sorts = ["name", "place", "paired", "seen"];

    /// <summary>Whether somebody may sign in on a tablet that is not paired.</summary>
    public bool UnpairedMayEnter => options.Value.UnpairedTablets ?? environment.IsDevelopment();

    /// <summary>The tablets at the places in a manager's scope, sorted by one of <see cref="Sorts"/>, and how many there are in all.</summary>
    /// <param name="place">At this place or below it alone; null: anywhere.</param>
    /// <param name="state"><c>use</c>, <c>waiting</c> or <c>revoked</c>; null: in any.</param>
    public async Task<(IReadOnlyList<Tablet> Tablets, int Total)> ListAsync(Guid manager, Guid? place, string? state, string sort, bool descending, int skip, int take, CancellationToken cancel)
    {
        // Each of these is a fixed text: what a person typed comes in as a value.
        var inState = state switch
        {
            "use" => "AND d.RevokedAt IS NULL AND d.PairedAt IS NOT NULL",
            "waiting" => "AND d.RevokedAt IS NULL AND d.PairedAt IS NULL",
            "revoked" => "AND d.RevokedAt IS NOT NULL",
            _ => "",
        };
        var below = place is null ? "" : "AND d.PlaceId IN (SELECT b.DescendantId FROM PlaceTree b WHERE b.AncestorId = @place)";
        var (from, values, direction) = ($"FROM Device d JOIN Place p ON p.Id = d.PlaceId WHERE {Managed} {below} {inState}", new { manager, place, skip, take }, descending ? " DESC" : "");
        await using var connection = await database.OpenAsync(cancel);
        var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) {from}", values, cancellationToken: cancel));
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} {from} ORDER BY CASE WHEN d.RevokedAt IS NULL THEN 0 ELSE 1 END, {Orders[sort]}{direction}, d.Id{database.Dialect.Page("@skip", "@take")}", values, cancellationToken: cancel));
        return ([.. rows.Select(r => new Tablet(r.Id, r.Name, r.PlaceId, r.AddedAt, r.PairedAt, r.SeenAt, r.RevokedAt))], total);
    }

    /// <summary>Whether any tablet is paired and in use.</summary>
    public async Task<bool> AnyPairedAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM Device WHERE PairedAt IS NOT NULL AND RevokedAt IS NULL) THEN 1 ELSE 0 END", cancellationToken: cancel)) == 1;
    }

    /// <summary>Adds a tablet.</summary>
    /// <returns>Its id and the code to type on it, in two groups of four; shown once.</returns>
    public async Task<(Guid Id, string Code)> AddAsync(string name, Guid placeId, Guid by, CancellationToken cancel)
    {
        var (id, code, now) = (Guid.CreateVersion7(time.GetUtcNow()), RandomNumberGenerator.GetString(Letters, 8), time.GetUtcNow());
        await lookUps.ReadyAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var hash = (await lookUps.InAsync(connection, transaction, cancel)).Hash(Hashed(code));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO Device (Id, Name, PlaceId, CodeHash, CodeUntil, AddedBy, AddedAt) VALUES (@id, @name, @placeId, @hash, @until, @by, @now)",
            new { id, name, placeId, hash, until = now + CodeLasts, by, now }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return (id, $"{code[..4]}-{code[4..]}");
    }

    /// <summary>Pairs the tablet of this request by its code, and gives it its key.</summary>
    /// <returns>Which it is; null where the code does not hold.</returns>
    public async Task<Guid?> PairAsync(HttpContext context, string code, CancellationToken cancel)
    {
        var plain = new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        var (key, now) = (RandomNumberGenerator.GetHexString(64, lowercase: true), time.GetUtcNow());
        var found = await lookUps.LookAsync((looking, moment, keys) => looking.QuerySingleOrDefaultAsync<CodeRow>(new CommandDefinition(
            "SELECT Id, CodeHash FROM Device WHERE CodeHash IN @hashes AND CodeUntil > @now AND RevokedAt IS NULL", new { hashes = keys.All(Hashed(plain)), now }, moment, cancellationToken: cancel)), cancel);
        await using var connection = await database.OpenAsync(cancel);
        // Whoever takes the code first has it.
        if (found is null || await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE Device SET CodeHash = NULL, CodeUntil = NULL, KeyHash = @keyHash, PairedAt = @now WHERE Id = @Id AND CodeHash = @CodeHash",
            new { found.Id, found.CodeHash, keyHash = KeyHash(key), now }, cancellationToken: cancel)) != 1)
        {
            return null;
        }

        context.Response.Cookies.Append(Cookie, key, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromDays(400), IsEssential = true, Path = "/api",
        });
        return found.Id;
    }

    /// <summary>The paired tablet of this request; null where it is none, or was revoked.</summary>
    public async Task<(Guid Id, string Name)?> RecogniseAsync(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: 64 } key)
        {
            return null;
        }

        await using var connection = await database.OpenAsync(context.RequestAborted);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM Device d WHERE d.KeyHash = @hash AND d.RevokedAt IS NULL", new { hash = KeyHash(key) }, cancellationToken: context.RequestAborted));
        if (row is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition("UPDATE Device SET SeenAt = @now WHERE Id = @Id", new { row.Id, now = time.GetUtcNow() }, cancellationToken: context.RequestAborted));
        }

        return row is null ? null : (row.Id, row.Name);
    }

    /// <summary>The paired tablet of this request; null on one that need not be.</summary>
    /// <exception cref="ProblemException"><c>tablet-not-paired</c>.</exception>
    public async Task<Guid?> RequireAsync(HttpContext context) =>
        await RecogniseAsync(context) is { } tablet ? tablet.Id : UnpairedMayEnter ? null : throw new ProblemException(ProblemKinds.TabletNotPaired);

    /// <summary>Puts a tablet out of use: its sessions are over at their next request, and nobody signs in on it.</summary>
    public async Task<bool> RevokeAsync(Guid id, Guid manager, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(
            $"UPDATE Device SET RevokedAt = @now, RevokedBy = @manager, CodeHash = NULL WHERE Id IN (SELECT d.Id FROM Device d WHERE d.Id = @id AND d.RevokedAt IS NULL AND {Managed})",
            new { id, manager, now = time.GetUtcNow() }, cancellationToken: cancel)) == 1;
    }

    /// <summary>Names by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition($"SELECT {Columns} FROM Device d WHERE d.Id IN @ids", new { ids = IdList.Of(ids) }, cancellationToken: cancel));
        return rows.ToDictionary(r => r.Id, r => r.Name);
    }

    // Forty bits for a quarter of an hour behind a brake on tries: keyed, so that a copied database tells nothing of it.
    private static string Hashed(string code) => "tablet " + code;

    private static string KeyHash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private sealed record CodeRow
    {
        public Guid Id { get; init; }

        public string CodeHash { get; init; } = "";
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public Guid PlaceId { get; init; }

        public DateTimeOffset AddedAt { get; init; }

        public DateTimeOffset? PairedAt { get; init; }

        public DateTimeOffset? SeenAt { get; init; }

        public DateTimeOffset? RevokedAt { get; init; }
    }
}
