// A published version never changes: people answered it. The first time a version is seen its bundle and hash
// are kept; from then on the store, not the folder, says what that version is.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Instruments;

/// <summary>A version as it was first published here.</summary>
internal sealed record StoredVersion(string InstrumentId, string Version, string Sha256)
{
    public InstrumentKey Key => new(InstrumentId, Version);
}

/// <summary>A version that has not been published here yet.</summary>
internal sealed record NewVersion(InstrumentKey Key, string Sha256, string Bundle);

/// <summary>The published versions in the database.</summary>
internal sealed class VersionStore(IDatabase database, TimeProvider time)
{
    /// <summary>Every version that was ever published here.</summary>
    public async Task<IReadOnlyList<StoredVersion>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<StoredVersion>(new CommandDefinition(
            "SELECT InstrumentId, Version, Sha256 FROM InstrumentVersion ORDER BY InstrumentId, Version", cancellationToken: cancel))];
    }

    /// <summary>The bundle of a version, or null.</summary>
    public async Task<string?> BundleAsync(InstrumentKey key, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT Bundle FROM InstrumentVersion WHERE InstrumentId = @Id AND Version = @Version", key, cancellationToken: cancel));
    }

    /// <summary>Keeps versions that are not there yet; answers what is kept of each, which is another's where someone was first.</summary>
    /// <exception cref="DbException">They could not be kept and nobody else did.</exception>
    public async Task<IReadOnlyList<StoredVersion>> KeepAsync(IReadOnlyList<NewVersion> versions, CancellationToken cancel)
    {
        if (versions.Count == 0)
        {
            return [];
        }

        // Two nodes start at once and both find nothing: the database ends one of them, which then finds the other's.
        // All at once: a first start with hundreds of files must not wait for the disk hundreds of times.
        return await Again.WhereOneWasFirstAsync(stop => TryKeepAsync(versions, stop), cancel);
    }

    private async Task<IReadOnlyList<StoredVersion>> TryKeepAsync(IReadOnlyList<NewVersion> versions, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        // Serializable: two nodes that start at once must not both find nothing.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var kept = new List<StoredVersion>();
        foreach (var (key, sha256, bundle) in versions)
        {
            var known = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "SELECT Sha256 FROM InstrumentVersion WHERE InstrumentId = @Id AND Version = @Version", key, transaction, cancellationToken: cancel));
            if (known is null)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    "INSERT INTO InstrumentVersion (InstrumentId, Version, Sha256, Bundle, FirstSeenAt) VALUES (@Id, @Version, @Sha256, @Bundle, @FirstSeenAt)",
                    new { key.Id, key.Version, Sha256 = sha256, Bundle = bundle, FirstSeenAt = time.GetUtcNow() }, transaction, cancellationToken: cancel));
            }

            kept.Add(new StoredVersion(key.Id, key.Version, known ?? sha256));
        }

        await transaction.CommitAsync(cancel);
        return kept;
    }
}
