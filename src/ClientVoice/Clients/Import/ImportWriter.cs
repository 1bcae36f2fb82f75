using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Register;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Import;

/// <summary>Does what a plan says: all of it or nothing, as one change that can be undone.</summary>
internal sealed class ImportWriter(IDatabase database, Secrets secrets, LookUps lookUps, ClientRows rows, TimeProvider time)
{
    // SQLite looks every parameter up by name, one after another; SQL Server takes 2,100.
    private const int HashesTogether = 200;

    /// <summary>Carries a good plan out.</summary>
    /// <param name="batch">What the change will be called.</param>
    /// <param name="madeBy">Null for who works at the terminal.</param>
    /// <param name="progress">Clients written so far, of how many.</param>
    /// <returns>Whether it was done; not where somebody changed something since the plan was made.</returns>
    public async Task<bool> WriteAsync(ImportPlan plan, Guid batch, Guid? madeBy, IProgress<(int Done, int Total)>? progress, CancellationToken cancel)
    {
        if (!plan.IsGood)
        {
            throw new InvalidOperationException("A plan with faults is not carried out.");
        }

        List<ImportChange> changes = [.. plan.Changed, .. plan.Missing];
        await lookUps.ReadyAsync(cancel);
        // On all cores, and before the transaction: encrypting is most of the work, and nobody else should wait for it.
        var about = await secrets.ForNewAsync([.. plan.New.Select(c => c.Id)], cancel);
        List<SealedClient> sealedClients = [.. plan.New.AsParallel().AsOrdered().Select(c => Seal(c, about[c.Id]))];
        var former = await secrets.ForAsync(changes.Select(c => c.Before.Id), cancel);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        if (await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM DeskChange WHERE MadeAt >= @since OR UndoneAt >= @since", new { since = plan.MadeAt }, transaction, cancellationToken: cancel)) > 0)
        {
            return false;
        }

        var keys = await lookUps.InAsync(connection, transaction, cancel);
        if (await AnyTakenAsync(connection, transaction, plan.New.SelectMany(c => keys.Older(c.Number!)), cancel))
        {
            return false;
        }

        var total = plan.New.Count + changes.Count;
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        await AddAsync(connection, transaction, sealedClients, keys, time.GetUtcNow(), done => progress?.Report((done, total)), cancel);
        var kept = new List<DeskChangeRow>(total);
        kept.AddRange(plan.New.Select(client => Change(client.Id, null)));
        foreach (var (change, i) in changes.Select((change, i) => (change, i)))
        {
            var row = Change(change.After.Id, change.Before);
            kept.Add(row);
            if (!await rows.WriteAsync(connection, transaction, keys, change.After, false, cancel))
            {
                return false;
            }

            await ClientRows.TraceMoveAsync(connection, transaction, row.Id, change.Before, change.After, today, cancel);

            progress?.Report((plan.New.Count + i + 1, total));
        }

        await Rows.InsertAsync(
            connection, transaction, "DeskChange", ["Id", "BatchId", "Subject", "SubjectId", "MadeBy", "MadeAt", "BeforeSecret"],
            kept.Select(k => new object?[] { k.Id, k.BatchId, k.Subject, k.SubjectId, k.MadeBy, k.MadeAt, k.BeforeSecret }), cancel);
        await transaction.CommitAsync(cancel);
        return true;

        DeskChangeRow Change(Guid client, ClientRecord? before) => DeskChanges.Row(
            time, Subjects.Client, client, before is null ? null : former[client].Protect(SecretKind.Change, DeskChanges.Content(before)), madeBy, batch);
    }

    // What stands under the key that is written, its index tells; this is for what still stands under the one before.
    private static async Task<bool> AnyTakenAsync(DbConnection connection, DbTransaction transaction, IEnumerable<string> hashes, CancellationToken cancel)
    {
        foreach (var some in hashes.Chunk(HashesTogether))
        {
            if (await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM ClientNumber WHERE NumberHash IN @some", new { some }, transaction, cancellationToken: cancel)) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task AddAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<SealedClient> clients, LookUpKeys keys, DateTimeOffset now, Action<int> done, CancellationToken cancel)
    {
        var written = 0;
        await Rows.InsertAsync(
            connection, transaction, "Client", ["Id", "PlaceId", "GroupId", "NameSecret", "ShortNameSecret", "YearOfBirth", "Communication", "RegularWorkerId", "FromOn", "UntilOn", "KeyedAt"],
            clients.Select(s =>
            {
                done(++written);
                var c = s.Client;
                return new object?[] { c.Id, c.PlaceId, c.GroupId, s.Name, s.ShortName, c.YearOfBirth, c.Communication, c.RegularWorkerId, c.FromOn, c.UntilOn, now };
            }),
            cancel);
        await Rows.InsertAsync(
            connection, transaction, "ClientNumber", ["ClientId", "NumberHash", "NumberSecret"],
            clients.Select(s => new object?[] { s.Client.Id, keys.Hash(s.Client.Number!), s.Number }), cancel);
        await Rows.InsertAsync(
            connection, transaction, "ClientRepresentative", ["ClientId", "Position", "NameSecret", "Relation"],
            clients.SelectMany(s => s.Client.Representatives.Select((r, i) => new object?[] { s.Client.Id, i, s.Representatives[i], r.Relation })), cancel);
        await Rows.InsertAsync(
            connection, transaction, "ClientEvaluation", ["ClientId", "EvaluatedOn"], clients.SelectMany(s => s.Client.Evaluations.Select(day => new object?[] { s.Client.Id, day })), cancel);
    }

    private static SealedClient Seal(ClientRecord c, ClientSecrets about)
    {
        return new(c, Secret(c.Name), Secret(c.ShortName), Secret(c.Number!), [.. c.Representatives.Select(r => Secret(r.Name))]);

        byte[] Secret(string text) => about.Protect(SecretKind.Name, text);
    }

    private sealed record SealedClient(ClientRecord Client, byte[] Name, byte[] ShortName, byte[] Number, IReadOnlyList<byte[]> Representatives);
}
