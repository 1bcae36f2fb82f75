// Brings the schema up to date: forward only, each file once, in one transaction, its hash kept so that
// a file changed after it ran is noticed instead of believed.
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace ClientVoice.Database;

/// <summary>One migration file.</summary>
/// <param name="Number">From its name, <c>NNNN_name.sql</c>.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Sql">Its text.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}

/// <summary>Runs the migrations that the database has not had.</summary>
internal sealed class Migrator(IDatabase database, TimeProvider time)
{
    /// <summary>The migrations of a dialect, in order, as built into the program.</summary>
    public static IReadOnlyList<Migration> All(SqlDialect dialect)
    {
        var prefix = $"db/{dialect.Name}/";
        var assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[prefix.Length..]))];
    }

    /// <summary>Migrates and returns the names of what ran, in order; empty where nothing was needed.</summary>
    /// <exception cref="InvalidOperationException">A file that ran before has another text now, or the database is newer than the program.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await TakeTurnAsync(connection, cancel);
        try
        {
            return await RunAllAsync(connection, cancel);
        }
        finally
        {
            await EndTurnAsync(connection);
        }
    }

    /// <summary>What <see cref="RunAsync(CancellationToken)"/> would run, in order. Changes nothing.</summary>
    /// <exception cref="InvalidOperationException">As there.</exception>
    public async Task<IReadOnlyList<Migration>> PendingAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var all = All(database.Dialect);
        if (!await HasLedgerAsync(connection, cancel))
        {
            return all;
        }

        var ran = (await connection.QueryAsync<(int Number, string Sha256)>(new CommandDefinition("SELECT Number, Sha256 FROM SchemaMigration", cancellationToken: cancel)))
            .ToDictionary(row => row.Number, row => row.Sha256);
        RefuseNewer(ran.Keys.DefaultIfEmpty().Max(), all);
        return [.. all.Where(migration => !HasRun(migration, ran.GetValueOrDefault(migration.Number)))];
    }

    private async Task<bool> HasLedgerAsync(DbConnection connection, CancellationToken cancel) => await connection.ExecuteScalarAsync<int>(new CommandDefinition(
        database.Dialect == SqlDialect.SqlServer
            ? "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'SchemaMigration'"
            : "SELECT COUNT(*) FROM sqlite_master WHERE name = 'SchemaMigration'",
        cancellationToken: cancel)) > 0;

    private static bool HasRun(Migration migration, string? known) =>
        known is not null && (known == migration.Sha256 ? true : throw new InvalidOperationException($"Migration {migration.Name} was changed after it ran here. Put the published file back."));

    private static void RefuseNewer(int newest, IReadOnlyList<Migration> all)
    {
        if (newest > all[^1].Number)
        {
            throw new InvalidOperationException($"The database has migration {newest}; this program knows up to {all[^1].Number}. Start a newer program.");
        }
    }

    private async Task<IReadOnlyList<string>> RunAllAsync(DbConnection connection, CancellationToken cancel)
    {
        await CreateLedgerAsync(connection, cancel);
        var all = All(database.Dialect);
        var ran = new List<string>();
        foreach (var migration in all)
        {
            if (await RunAsync(connection, migration, cancel))
            {
                ran.Add(migration.Name);
            }
        }

        RefuseNewer(await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT MAX(Number) FROM SchemaMigration", cancellationToken: cancel)), all);
        return ran;
    }

    private async Task<bool> RunAsync(DbConnection connection, Migration migration, CancellationToken cancel)
    {
        // SQLite: a writing transaction, so a second program that starts at once waits here and then finds it done.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var known = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "SELECT Sha256 FROM SchemaMigration WHERE Number = @Number", new { migration.Number }, transaction, cancellationToken: cancel));
        if (HasRun(migration, known))
        {
            return false;
        }

        try
        {
            await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, commandTimeout: 600, cancellationToken: cancel));
        }
        catch (DbException error)
        {
            // The transaction goes back as a whole: the schema is as the migration before it left it.
            throw new InvalidOperationException(
                $"Migration {migration.Name} did not run ({error.Message}). Nothing of it is left: the schema stands at {migration.Number - 1:0000}. Mend the cause, and start again.", error);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO SchemaMigration (Number, Name, Sha256, RanAt) VALUES (@Number, @Name, @Sha256, @RanAt)",
            new { migration.Number, migration.Name, migration.Sha256, RanAt = time.GetUtcNow() }, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
        return true;
    }

    // SQL Server: two nodes that look at once both find nothing, and the database would end one of them in a
    // deadlock. So the second waits here.
    private async Task TakeTurnAsync(DbConnection connection, CancellationToken cancel)
    {
        if (database.Dialect != SqlDialect.SqlServer)
        {
            return;
        }

        var got = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "DECLARE @got int; EXEC @got = sp_getapplock @Resource = 'ClientVoice.Migrator', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 600000; SELECT @got",
            commandTimeout: 660, cancellationToken: cancel));
        if (got < 0)
        {
            throw new InvalidOperationException("Another program has been migrating this database for ten minutes. See what it is doing, and start again.");
        }
    }

    // A pooled connection keeps its lock when it is given back, so it is given up by name.
    private async Task EndTurnAsync(DbConnection connection)
    {
        if (database.Dialect == SqlDialect.SqlServer && connection.State == System.Data.ConnectionState.Open)
        {
            await connection.ExecuteAsync("EXEC sp_releaseapplock @Resource = 'ClientVoice.Migrator', @LockOwner = 'Session'");
        }
    }

    private Task CreateLedgerAsync(DbConnection connection, CancellationToken cancel)
    {
        const string columns = "Number int NOT NULL CONSTRAINT PK_SchemaMigration PRIMARY KEY, Name varchar(100) NOT NULL, Sha256 varchar(64) NOT NULL, ";
        var sql = database.Dialect == SqlDialect.SqlServer
            ? $"IF OBJECT_ID('SchemaMigration') IS NULL CREATE TABLE SchemaMigration ({columns} RanAt datetimeoffset(3) NOT NULL)"
            : $"CREATE TABLE IF NOT EXISTS SchemaMigration ({columns} RanAt TEXT NOT NULL)";
        return connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancel));
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
