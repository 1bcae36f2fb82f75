// The last change of anything at the desk can be undone: each change keeps, encrypted, how the thing was before. Undoing is
// for slips, not for history: only the newest change of a thing can be undone, and only while nothing hangs on it.
using System.Data.Common;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Clients.Changes;

/// <summary>The things that the desk keeps.</summary>
internal static class Subjects
{
    public const string Place = "place";
    public const string Group = "group";
    public const string Client = "client";
    public const string Person = "person";
}

/// <summary>A change that was made at the desk.</summary>
/// <param name="Before">How it was, as JSON; null where it was not there.</param>
internal sealed record DeskChange(Guid Id, Guid? BatchId, string Subject, Guid SubjectId, string? Before, Guid? MadeBy, DateTimeOffset MadeAt);

/// <summary>What came of undoing.</summary>
internal enum Undone
{
    /// <summary>It is as it was before.</summary>
    Done,

    /// <summary>It was undone already, or changed again since.</summary>
    TooLate,

    /// <summary>Something stands on it by now: a conversation, a client, a change made by this person.</summary>
    InUse,
}

/// <summary>What there is by now does not let a thing be as it was; no constraint says so.</summary>
internal sealed class CannotRestoreException(string message) : Exception(message);

/// <summary>Puts one kind of thing back.</summary>
internal interface IRestore
{
    string Subject { get; }

    /// <summary>What has to be there before the transaction begins: SQLite has one writer.</summary>
    Task PrepareAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Makes the thing as it was; where it was not there, takes it away. A constraint that refuses is an answer, and so is <see cref="CannotRestoreException"/>.</summary>
    Task RestoreAsync(DbConnection connection, DbTransaction transaction, DeskChange change, CancellationToken cancel);
}

/// <summary>Keeps changes, and undoes the last one.</summary>
internal sealed class DeskChanges(IDatabase database, Secrets secrets, TimeProvider time, IEnumerable<IRestore> restorers)
{
    private const string Columns = "Id, BatchId, Subject, SubjectId, BeforeSecret, MadeBy, MadeAt";

    /// <summary>Keeps a change within the transaction that makes it.</summary>
    /// <param name="before">How the thing was, as <see cref="Content"/>, sealed; null where it was not there.</param>
    public static DeskChangeRow Row(TimeProvider time, string subject, Guid subjectId, byte[]? before, Guid? madeBy, Guid? batchId = null) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        BatchId = batchId,
        Subject = subject,
        SubjectId = subjectId,
        BeforeSecret = before,
        MadeBy = madeBy,
        MadeAt = time.GetUtcNow(),
    };

    /// <summary>How a thing was, to be sealed.</summary>
    public static byte[] Content(object before) => JsonSerializer.SerializeToUtf8Bytes(before);

    /// <summary>Adds a change.</summary>
    /// <returns>Its id, with which it can be undone.</returns>
    public async Task<Guid> AddAsync(DbConnection connection, DbTransaction transaction, string subject, Guid subjectId, object? before, Guid? madeBy, CancellationToken cancel)
    {
        var row = Row(time, subject, subjectId, await SealAsync(subject, subjectId, before, cancel), madeBy);
        await connection.ExecuteAsync(new CommandDefinition(
            $"INSERT INTO DeskChange ({Columns}) VALUES (@Id, @BatchId, @Subject, @SubjectId, @BeforeSecret, @MadeBy, @MadeAt)", row, transaction, cancellationToken: cancel));
        return row.Id;
    }

    /// <summary>The newest change of a thing that was not undone: a form that was opened before it is out of date. Null where there is none.</summary>
    public async Task<Guid?> NewestAsync(Guid subjectId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await NewestAsync(connection, null, subjectId, cancel);
    }

    /// <inheritdoc cref="NewestAsync(Guid, CancellationToken)"/>
    public async Task<Guid?> NewestAsync(DbConnection connection, DbTransaction? transaction, Guid subjectId, CancellationToken cancel) =>
        (await connection.QueryFirstOrDefaultAsync<DeskChangeRow>(new CommandDefinition(
            $"SELECT {Columns} FROM DeskChange WHERE SubjectId = @subjectId AND UndoneAt IS NULL ORDER BY MadeAt DESC, Id DESC{database.Dialect.Page("@skip", "@take")}",
            new { subjectId, skip = 0, take = 1 }, transaction, cancellationToken: cancel)))?.Id;

    /// <summary>How many things this person changed together under this name; 0 where it was not done.</summary>
    public async Task<int> CountAsync(Guid batch, Guid person, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM DeskChange WHERE BatchId = @batch AND MadeBy = @person", new { batch, person }, cancellationToken: cancel));
    }

    /// <summary>Undoes a change, and whatever was changed together with it.</summary>
    /// <param name="id">Of the change or of the batch.</param>
    /// <param name="person">Who undoes: whoever made the change.</param>
    public async Task<Undone> UndoAsync(Guid id, Guid person, CancellationToken cancel)
    {
        foreach (var restorer in restorers)
        {
            await restorer.PrepareAsync(cancel);
        }

        return await Again.WhereItPassesAsync(again => UndoOnceAsync(id, person, again), cancel);
    }

    private async Task<Undone> UndoOnceAsync(Guid id, Guid person, CancellationToken cancel)
    {
        var by = restorers.ToDictionary(r => r.Subject);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var rows = (await connection.QueryAsync<DeskChangeRow>(new CommandDefinition(
            $"SELECT {Columns} FROM DeskChange WHERE (Id = @id OR BatchId = @id) AND MadeBy = @person AND UndoneAt IS NULL ORDER BY MadeAt DESC, Id DESC",
            new { id, person }, transaction, cancellationToken: cancel))).ToList();
        var later = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            SELECT COUNT(*) FROM DeskChange n JOIN DeskChange o ON o.SubjectId = n.SubjectId AND n.MadeAt > o.MadeAt
            WHERE (o.Id = @id OR o.BatchId = @id) AND n.UndoneAt IS NULL
            """,
            new { id }, transaction, cancellationToken: cancel));
        if (rows.Count == 0 || later > 0)
        {
            return Undone.TooLate;
        }

        try
        {
            foreach (var row in rows)
            {
                await by[row.Subject].RestoreAsync(connection, transaction, Open(row), cancel);
            }

            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE DeskChange SET UndoneAt = @now WHERE Id = @id OR BatchId = @id", new { id, now = time.GetUtcNow() }, transaction, cancellationToken: cancel));
            await transaction.CommitAsync(cancel);
            return Undone.Done;
        }
        catch (Exception error) when (error is CannotRestoreException || DatabaseTrouble.IsConstraint(error))
        {
            // A foreign key holds it: the transaction goes back as a whole. A deadlock or a time-out says nothing about the thing.
            return Undone.InUse;
        }
    }

    // How a client was goes with the client.
    private async Task<byte[]?> SealAsync(string subject, Guid subjectId, object? before, CancellationToken cancel) =>
        before is null ? null
        : subject == Subjects.Client ? (await secrets.ForAsync(subjectId, cancel)).Protect(SecretKind.Change, Content(before))
        : secrets.Protect(SecretKind.Change, Content(before));

    private DeskChange Open(DeskChangeRow r) => new(
        r.Id, r.BatchId, r.Subject, r.SubjectId, r.BeforeSecret is null ? null : secrets.Open(SecretKind.Change, r.BeforeSecret), r.MadeBy, r.MadeAt);
}

/// <summary>A change as it is kept.</summary>
internal sealed record DeskChangeRow
{
    public Guid Id { get; init; }

    public Guid? BatchId { get; init; }

    public string Subject { get; init; } = "";

    public Guid SubjectId { get; init; }

    public byte[]? BeforeSecret { get; init; }

    public Guid? MadeBy { get; init; }

    public DateTimeOffset MadeAt { get; init; }
}
