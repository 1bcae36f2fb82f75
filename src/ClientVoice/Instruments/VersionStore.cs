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

    /// <summary>Keeps a version that is not there yet; answers the hash that is kept, which is another's where someone was first.</summary>
    /// <exception cref="DbException">It could not be kept and nobody else did.</exception>
    public async Task<string> KeepAsync(InstrumentKey key, string sha256, string bundle, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryKeepAsync(key, sha256, bundle, cancel);
            }
            catch (DbException) when (attempt < 3)
            {
                // Two nodes start at once and both find nothing: the database ends one of them, which then finds the other's.
            }
        }
    }

    private async Task<string> TryKeepAsync(InstrumentKey key, string sha256, string bundle, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        // Serializable: two nodes that start at once must not both find nothing.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var known = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT Sha256 FROM InstrumentVersion WHERE InstrumentId = @Id AND Version = @Version", key, transaction, cancellationToken: cancel));
        if (known is null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO InstrumentVersion (InstrumentId, Version, Sha256, Bundle, FirstSeenAt) VALUES (@Id, @Version, @Sha256, @Bundle, @FirstSeenAt)",
                new { key.Id, key.Version, Sha256 = sha256, Bundle = bundle, FirstSeenAt = time.GetUtcNow() }, transaction, cancellationToken: cancel));
        }

        await transaction.CommitAsync(cancel);
        return known ?? sha256;
    }
}
