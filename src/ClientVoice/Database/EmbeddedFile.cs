// The file of the embedded database. What is there is never written over and never made anew in silence: a file that is damaged, empty,
// moved or gone is said so by its name, and nobody gets a receipt for what stands in a file that nobody finds again.
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClientVoice.Database;

/// <summary>Opens connections to the embedded database's file.</summary>
internal sealed class EmbeddedFile
{
    // SQLITE_FCNTL_HAS_MOVED: whether the open file is still the one under its name.
    private const int HasMoved = 20;

    private const int HeaderBytes = 100;

    // No room, or none for this user: on Linux, macOS and Windows. What was flushed before is there all the same.
    private static readonly HashSet<int> DiskFull = [28, 69, 122, unchecked((int)0x80070070)];

    private readonly DatabaseOptions options;
    private readonly string first;
    private readonly string later;
    private readonly ConditionalWeakTable<sqlite3, object> ready = [];
    private readonly Lock asking = new();
    private bool opened;

    public EmbeddedFile(DatabaseOptions options)
    {
        this.options = options;
        Directory.CreateDirectory(options.Folder);
        first = Text(SqliteOpenMode.ReadWriteCreate);
        // A file that is gone later is gone: an empty one in its place would take answers that nobody finds again.
        later = Text(SqliteOpenMode.ReadWrite);

        string Text(SqliteOpenMode mode) => new SqliteConnectionStringBuilder { DataSource = options.File, Mode = mode, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
    }

    /// <exception cref="DatabaseFileException">The file cannot be used; the text names it and says why.</exception>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancel)
    {
        if (!opened)
        {
            RefuseCutOff();
        }

        var connection = new SqliteConnection(opened ? later : first);
        try
        {
            await connection.OpenAsync(cancel);
            RefuseMoved(connection);
            await MakeReadyAsync(connection, cancel);
            opened = true;
            return connection;
        }
        catch (SqliteException error) when (DatabaseFileException.Of(options.File, error) is { } known)
        {
            await connection.DisposeAsync();
            throw known;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="DatabaseFileException">The file that this connection has open is not the one under its name.</exception>
    public void RefuseMoved(SqliteConnection connection)
    {
        var moved = 0;
        // Where the file system does not tell (Windows lets nobody move an open file), it is not asked.
        if (FileControl(connection.Handle!.DangerousGetHandle(), null, HasMoved, ref moved) != raw.SQLITE_OK || moved == 0)
        {
            return;
        }

        Forget(first);
        Forget(later);
        throw new DatabaseFileException($"The database {options.File} was moved or taken away while it was in use. Put it back; the service then goes on by itself.");
    }

    /// <summary>
    /// Asks the disk whether it still takes anything, after a flush. A file system that gives up in the midst of a flush can say that it was
    /// done (ext4 finds the transaction it was asked for ended, and not how); but it begins nothing new any more.
    /// </summary>
    /// <exception cref="DatabaseFileException">It does not: what was committed last may not be there after the repair.</exception>
    public void RefuseBroken()
    {
        try
        {
            // A link that leads nowhere: it takes no file handle, of which there may be none left, and is not made where the database's own folder is gone, as a
            // folder would be, with all above it. Of this process alone; one that a killed process left is taken away first, for only a new one is written in the journal.
            var question = $"{options.File}-asked-{Environment.ProcessId}";
            lock (asking)
            {
                File.Delete(question);
                if (OperatingSystem.IsWindows())
                {
                    // Links are not for everybody there.
                    File.WriteAllBytes(question, []);
                }
                else
                {
                    File.CreateSymbolicLink(question, "nothing");
                }

                File.Delete(question);
            }
        }
        catch (IOException error) when (DiskFull.Contains(error.HResult))
        {
            // It is whole, and says so: what was committed stands.
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new DatabaseFileException($"The disk of the database {options.File} takes nothing any more. What was sent last is not confirmed, and will be sent again.", error);
        }
    }

    private static void Forget(string connectionString)
    {
        using var any = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(any);
    }

    // FULL: a receipt promises that the answer survives a power cut. WAL: readers do not wait for writers. Both stay with a connection
    // that goes back to the pool, so they are said once.
    private async Task MakeReadyAsync(SqliteConnection connection, CancellationToken cancel)
    {
        if (ready.TryGetValue(connection.Handle!, out _))
        {
            return;
        }

        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 15000;";
        await pragma.ExecuteNonQueryAsync(cancel);
        ready.AddOrUpdate(connection.Handle!, this);
    }

    // Two things that a broken copy or disk leaves, and SQLite does not mind: an empty file, which it takes for a new database, and one
    // that ends within a page. A log beside it means that it was not closed: then SQLite itself knows what belongs there.
    private void RefuseCutOff()
    {
        var there = new FileInfo(options.File);
        if (!there.Exists || File.Exists(options.File + "-wal"))
        {
            return;
        }

        // Where keys were made there was a database.
        var keys = Path.Combine(options.Folder, "keys");
        if (there.Length == 0 && Directory.Exists(keys) && Directory.EnumerateFiles(keys).Any())
        {
            throw new DatabaseFileException($"The database {options.File} is empty, but was in use: there are keys beside it. Put a copy back (restore FILE --replace), or take the file away to begin anew. Nothing was changed.");
        }

        if (there.Length >= HeaderBytes && EndsWithinAPage(there))
        {
            throw new DatabaseFileException($"The database {options.File} is damaged or was cut off: it ends within a page. Nothing was changed. Put a copy back: restore FILE --replace.");
        }
    }

    // The size of a page stands at byte 16 of the file, high byte first; 1 stands for 65,536.
    private static bool EndsWithinAPage(FileInfo there)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        using var stream = new FileStream(there.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.ReadExactly(header);
        var page = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size && size == 1 ? 65_536 : size;
        return header.StartsWith("SQLite format 3"u8) && page > 0 && there.Length % page != 0;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(nint database, byte[]? name, int operation, ref int answer);
}
