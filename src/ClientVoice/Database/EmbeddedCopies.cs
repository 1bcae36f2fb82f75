// Copies of the embedded database: made while the service serves, looked at before anybody relies on them, and put back without
// writing over anything.
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Database;

/// <summary>A copy that was looked at.</summary>
/// <param name="Migration">The newest migration in it.</param>
/// <param name="Rows">Of each table.</param>
/// <param name="Sha256">Of the file, lower hex.</param>
internal sealed record EmbeddedCopy(string File, long Bytes, string Sha256, int Migration, IReadOnlyDictionary<string, long> Rows);

/// <summary>Makes and puts back copies of the embedded database.</summary>
internal static class EmbeddedCopies
{
    private const string BusyText = "The database is in use: stop the service first. Nothing was changed.";

    /// <summary>Writes one moment of the database into a new file, while others read and write, and looks whether the copy is whole.</summary>
    /// <exception cref="IOException">There is such a file already, or it cannot be written; nothing is written over.</exception>
    /// <exception cref="InvalidOperationException">There is no database, or the copy is not whole.</exception>
    public static async Task<EmbeddedCopy> MakeAsync(DatabaseOptions options, string file, CancellationToken cancel)
    {
        if (!File.Exists(options.File))
        {
            throw new InvalidOperationException($"There is no database at {options.File}.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Claims the name: two copies at once do not write into one file.
        await using (new FileStream(file, FileMode.CreateNew))
        {
        }

        try
        {
            await using (var from = await OpenAsync(options.File, SqliteOpenMode.ReadWrite, cancel))
            await using (var to = await OpenAsync(file, SqliteOpenMode.ReadWriteCreate, cancel))
            {
                from.BackupDatabase(to);
                // One file, that can be carried away by itself.
                await to.ExecuteAsync("PRAGMA journal_mode = DELETE");
            }

            Flush(file);
            return await LookAsync(file, cancel);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    /// <summary>Looks whether a file is a whole database of this service. The file is not changed.</summary>
    /// <exception cref="InvalidOperationException">It is not; the text says why.</exception>
    public static async Task<EmbeddedCopy> LookAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file))
        {
            throw new InvalidOperationException($"There is no file {file}.");
        }

        try
        {
            await using var copy = await OpenAsync(file, SqliteOpenMode.ReadOnly, cancel);
            var faults = (await copy.QueryAsync<string>("PRAGMA integrity_check(5)")).ToList();
            if (faults is not ["ok"])
            {
                throw new InvalidOperationException($"{file} is damaged: {string.Join("; ", faults)}");
            }

            if (await copy.QueryFirstOrDefaultAsync<string>("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1") is { } torn)
            {
                throw new InvalidOperationException($"{file} is damaged: rows of {torn} belong to rows that are not there.");
            }

            var tables = (await copy.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")).ToList();
            if (!tables.Contains("SchemaMigration"))
            {
                throw new InvalidOperationException($"{file} is not a database of ClientVoice.");
            }

            var newest = await copy.ExecuteScalarAsync<int>("SELECT COALESCE(MAX(Number), 0) FROM SchemaMigration");
            var rows = new Dictionary<string, long>();
            foreach (var table in tables)
            {
                // A name of our own schema, quoted; not something that anybody typed.
                rows[table] = await copy.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM \"{table}\"");
            }

            return new EmbeddedCopy(file, new FileInfo(file).Length, await HashAsync(file, cancel), newest, rows);
        }
        catch (SqliteException error)
        {
            throw new InvalidOperationException($"{file} cannot be read as a database: {error.Message}", error);
        }
    }

    /// <summary>Puts a copy in the place of the database. What was there is put beside it under a name of its own.</summary>
    /// <param name="replace">Whether there may be a database already.</param>
    /// <returns>Where the former database went; null where there was none.</returns>
    /// <exception cref="InvalidOperationException">The copy is not whole or of a newer program, there is a database and <paramref name="replace"/> is false, or the service runs; nothing was changed.</exception>
    public static async Task<string?> PutBackAsync(DatabaseOptions options, string file, bool replace, TimeProvider time, CancellationToken cancel)
    {
        var copy = await LookAsync(file, cancel);
        var known = Migrator.All(SqlDialect.Sqlite)[^1].Number;
        if (copy.Migration > known)
        {
            throw new InvalidOperationException($"{file} has migration {copy.Migration}; this program knows up to {known}. Use a newer program. Nothing was changed.");
        }

        Directory.CreateDirectory(options.Folder);
        var exists = File.Exists(options.File);
        if (exists && !replace)
        {
            throw new InvalidOperationException($"There is a database at {options.File}. With --replace it is put beside the copy that comes in its place. Nothing was changed.");
        }

        var former = exists ? $"{options.File}.before-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}" : null;
        var coming = options.File + ".coming";
        try
        {
            File.Copy(file, coming, true);
            Flush(coming);
            if (former is not null)
            {
                await MustBeAloneAsync(options.File, cancel);
                SetAside(options.File, former);
            }

            // In one step: whatever happens, there is a whole database under the name, the one or the other.
            File.Move(coming, options.File, true);
            return former;
        }
        finally
        {
            File.Delete(coming);
        }
    }

    private static void SetAside(string file, string former)
    {
        File.Copy(file, former);
        Flush(former);
        // Left behind only where the database was damaged; what is in a log belongs to the file that it stood beside.
        foreach (var rest in ((string[])["-wal", "-shm"]).Where(rest => File.Exists(file + rest)))
        {
            File.Move(file + rest, former + rest);
        }
    }

    // Leaving the write-ahead log needs the file for oneself, and brings into the file what is in the log.
    private static async Task MustBeAloneAsync(string file, CancellationToken cancel)
    {
        try
        {
            await using var connection = await OpenAsync(file, SqliteOpenMode.ReadWrite, cancel);
            // A service that runs does not let go: there is nothing to wait for.
            connection.DefaultTimeout = 1;
            if (await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode = DELETE") != "delete")
            {
                throw new InvalidOperationException(BusyText);
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 5 or 6)
        {
            throw new InvalidOperationException(BusyText, error);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is 11 or 26)
        {
            // Damaged: that is why somebody restores. It goes aside as it is.
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken cancel)
    {
        // Not pooled: the file is moved or carried away afterwards.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        await connection.OpenAsync(cancel);
        return connection;
    }

    // A copy that is only in the memory of the machine is none.
    private static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(true);
    }

    private static async Task<string> HashAsync(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }
}
