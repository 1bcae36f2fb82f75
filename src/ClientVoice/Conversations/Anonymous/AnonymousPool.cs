// POST /api/anonymous/answers: answers of nobody. No session, no tablet, no clock is looked at, and nothing of the request is written but what is
// answered. It waits with others; at every arrival all that wait under a key are written anew, in another order and under other ids, so that
// neither ids nor places in the file tell which came last. A permission is kept as used, and nothing leads from it to an answer.
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.RateLimiting;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace ClientVoice.Conversations.Anonymous;

/// <summary>The word that answers are kept.</summary>
/// <param name="Token">SHA-256 of the permission's text, lower hex.</param>
/// <param name="Signature">ECDSA P-256 over <c>anonymous \n token</c>, base64url; the same every time, and without a time.</param>
internal sealed record AnonymousReceipt(string Token, string Key, string Signature);

/// <summary>What waits: padded, so that all are equally long. Holds codes only.</summary>
internal sealed record AnonymousContent(string Version, JsonElement Answers, IReadOnlyList<string> Passed);

/// <summary>Settings below <c>ClientVoice:Anonymous</c>.</summary>
internal sealed class AnonymousOptions
{
    public const string Section = "ClientVoice:Anonymous";

    /// <summary>Answers that are looked at in a minute, of all tablets together: more than a large organisation sends in one.</summary>
    public int PerMinute { get; set; } = 1_200;

    /// <summary>And at once, after a quiet time.</summary>
    public int AtOnce { get; set; } = 120;
}

/// <summary>Receives answers and keeps them until they are let go.</summary>
internal sealed class AnonymousPool(IDatabase database, Secrets secrets, AnonymousKeys keys, ServiceKeys service, ICatalogue catalogue, IOptions<AnonymousOptions> options) : IDisposable
{
    // For all together: an address or a tablet would say who. Whoever floods this makes tablets wait, and no answer is lost.
    private readonly TokenBucketRateLimiter rate = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.Value.AtOnce, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.Value.PerMinute, AutoReplenishment = true,
    });

    /// <summary>Every body is a whole number of these: lengths tell nothing.</summary>
    public const int Bucket = 16_384;

    private const int MaxBytes = 4 * Bucket;

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var cancel = context.RequestAborted;
        using var turn = rate.AttemptAcquire();
        if (!turn.IsAcquired)
        {
            throw new ProblemException(ProblemKinds.Overloaded) { RetryAfter = TimeSpan.FromSeconds(Random.Shared.Next(5, 30)) };
        }

        var raw = await ReceiveConversation.BodyAsync(context.Request, cancel, MaxBytes);
        if (raw.Length % Bucket != 0)
        {
            throw new ProblemException(ProblemKinds.BadRequest, $"The body is not filled up to a multiple of {Bucket} bytes.");
        }

        using var json = ReceiveConversation.Parse(raw);
        var body = new AnonymousBody(json.RootElement, ["key", "token", "signature", "version", "answers", "passed", "pad"]);
        var key = body.Id("key") ?? throw AnonymousBody.Missing("key");
        var token = body.Bytes("token") ?? throw AnonymousBody.Missing("token");
        if (!await keys.IsSignedAsync(key, token, body.Bytes("signature") ?? throw AnonymousBody.Missing("signature"), cancel))
        {
            throw new ProblemException(ProblemKinds.AnonymousPermission);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(token));
        var cohort = (await keys.CohortAsync(key, cancel))!;
        var content = Check(json.RootElement, cohort, body.Text("version") ?? throw AnonymousBody.Missing("version"));
        await KeepAsync(key, hash, Padded(content), cancel);
        return Results.Ok(new AnonymousReceipt(hash, (await service.ReceiptKeyAsync(cancel)).Kid, await service.SignAsync($"anonymous\n{hash}", cancel)));
    }

    public void Dispose() => rate.Dispose();

    /// <summary>Opens what was kept.</summary>
    public static AnonymousContent Open(Secrets secrets, byte[] secret)
    {
        var bytes = secrets.OpenBytes(SecretKind.Document, secret).AsSpan();
        return JsonSerializer.Deserialize<AnonymousContent>(bytes[..bytes.IndexOf((byte)0)])!;
    }

    /// <summary>What is taken away is overwritten; SQL Server has no word for it.</summary>
    public static async Task<DbConnection> ForgetfulAsync(IDatabase database, CancellationToken cancel)
    {
        var connection = await database.OpenAsync(cancel);
        if (connection is SqliteConnection)
        {
            await connection.ExecuteAsync("PRAGMA secure_delete = ON");
        }

        return connection;
    }

    /// <summary>Empties SQLite's log of writing, in which every arrival stands apart; where somebody is reading it, at the next arrival.</summary>
    public static async Task EmptyLogAsync(DbConnection connection)
    {
        if (connection is SqliteConnection)
        {
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private AnonymousContent Check(JsonElement json, AnonymousCohort cohort, string version)
    {
        var instrument = catalogue.Current.Find(cohort.InstrumentId, version);
        if (instrument is null || !instrument.Perspectives.ContainsKey(cohort.Perspective))
        {
            Refusal.Of("/version", "There is no such version here.");
        }

        if (!json.TryGetProperty("answers", out var answers) || answers.ValueKind != JsonValueKind.Object)
        {
            Refusal.Of("/answers", "The answers are missing.");
        }

        Refusal.Of(instrument!.Validate(answers).Select(fault => new Fault("/answers" + fault.Pointer, fault.Reason)));
        Refusal.Of(instrument.Read(answers).Where(a => a.Text is not null).Select(a => new Fault($"/answers/{a.QuestionId}", "Own words are not taken without a name: they could tell whose they are.")));
        var questions = instrument.Questions.Select(q => q.Id).ToHashSet();
        var passed = json.TryGetProperty("passed", out var list) && list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(p => p.ValueKind == JsonValueKind.String)
            ? list.EnumerateArray().Select(p => p.GetString()!).ToList()
            : [];
        if (passed.Exists(p => !questions.Contains(p) || answers.TryGetProperty(p, out _)) || passed.Distinct().Count() != passed.Count)
        {
            Refusal.Of("/passed", "These are not questions that were passed over.");
        }

        // In the order of the instrument, whatever order they came in.
        return new AnonymousContent(version, answers, [.. instrument.Questions.Select(q => q.Id).Where(passed.Contains)]);
    }

    private static byte[] Padded(AnonymousContent content)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(content);
        return [.. json, .. new byte[(Bucket * ((json.Length / Bucket) + 1)) - json.Length]];
    }

    // Two arrive at once: one of them begins again.
    private Task KeepAsync(Guid key, string hash, byte[] content, CancellationToken cancel) => Again.WhereOneWasFirstAsync(stop => KeepOnceAsync(key, hash, content, stop), cancel);

    private async Task KeepOnceAsync(Guid key, string hash, byte[] content, CancellationToken cancel)
    {
        await using var connection = await ForgetfulAsync(database, cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM AnonymousSpent WHERE TokenHash = @hash", new { hash }, transaction, cancellationToken: cancel)) > 0)
        {
            // It is here already, and the answer to it got lost.
            database.Confirm();
            return;
        }

        await connection.ExecuteAsync(new CommandDefinition("INSERT INTO AnonymousSpent (TokenHash) VALUES (@hash)", new { hash }, transaction, cancellationToken: cancel));
        await MixAsync(connection, transaction, key, content, cancel);
        await database.CommitAsync(transaction, cancel);
        await EmptyLogAsync(connection);
    }

    private async Task MixAsync(DbConnection connection, DbTransaction transaction, Guid key, byte[] content, CancellationToken cancel)
    {
        var waiting = (await connection.QueryAsync<byte[]>(new CommandDefinition("SELECT ContentSecret FROM AnonymousPool WHERE KeyId = @key", new { key }, transaction, cancellationToken: cancel)))
            .Select(secret => secrets.OpenBytes(SecretKind.Document, secret)).Append(content).ToArray();
        RandomNumberGenerator.Shuffle(waiting.AsSpan());
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM AnonymousPool WHERE KeyId = @key", new { key }, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO AnonymousPool (Id, KeyId, ContentSecret) VALUES (@Id, @key, @Secret)",
            waiting.Select(one => new { Id = AnonymousKeys.RandomId(), key, Secret = secrets.Protect(SecretKind.Document, one) }).ToList(), transaction, cancellationToken: cancel));
    }
}
