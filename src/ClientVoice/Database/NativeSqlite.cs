// SQLite's own functions for what is done a million times: values that are read and bound. The provider's go through a handle that is counted
// up and down for each value: about a twentieth of the samples of a run.
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace ClientVoice.Database;

/// <summary>Values of one prepared statement. It has to live as long as this is used, and is used by one thread at a time.</summary>
internal sealed class NativeSqlite(sqlite3_stmt statement)
{
    private const string Library = "e_sqlite3";
    private const DllImportSearchPath Path = DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory;

    // The value is copied before the call returns.
    private const nint Transient = -1;

    private readonly nint handle = statement.DangerousGetHandle();
    private byte[] bytes = new byte[256];

    public bool IsNull(int column) => ColumnType(handle, column) == raw.SQLITE_NULL;

    /// <summary>One of SQLite's five.</summary>
    public int TypeOf(int column) => ColumnType(handle, column);

    public long Whole(int column) => ColumnInt64(handle, column);

    public double Number(int column) => ColumnDouble(handle, column);

    /// <summary>A text or a blob as it lies there; until the next value that is asked for.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var (from, length) = (ColumnBlob(handle, column), ColumnBytes(handle, column));
        if (length == 0)
        {
            return [];
        }

        Marshal.Copy(from, Room(length), 0, length);
        return bytes.AsSpan(0, length);
    }

    /// <returns>SQLite's code.</returns>
    public int BindNull(int at) => BindNull(handle, at);

    /// <inheritdoc cref="BindNull(int)"/>
    public int Bind(int at, long value) => BindInt64(handle, at, value);

    /// <inheritdoc cref="BindNull(int)"/>
    public int Bind(int at, double value) => BindDouble(handle, at, value);

    /// <inheritdoc cref="BindNull(int)"/>
    public int Bind(int at, string value)
    {
        var length = Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetMaxByteCount(value.Length)));
        return BindText(handle, at, bytes, length, Transient);
    }

    /// <inheritdoc cref="BindNull(int)"/>
    public int Bind(int at, Guid value)
    {
        value.TryFormat(bytes, out var length);
        return BindText(handle, at, bytes, length, Transient);
    }

    /// <inheritdoc cref="BindNull(int)"/>
    public int Bind(int at, byte[] value) => BindBlob(handle, at, value, value.Length, Transient);

    /// <summary>Runs the statement with what is bound.</summary>
    /// <returns>SQLite's code.</returns>
    public int Run()
    {
        var result = Step(handle);
        _ = Reset(handle);
        return result == raw.SQLITE_DONE ? raw.SQLITE_OK : result;
    }

    private byte[] Room(int length) => bytes.Length >= length ? bytes : bytes = new byte[length * 2];

    // These look, or put a number down, and nothing else: the collector can wait for them.
    [DllImport(Library, EntryPoint = "sqlite3_column_type")]
    [DefaultDllImportSearchPaths(Path)]
    [SuppressGCTransition]
    private static extern int ColumnType(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64")]
    [DefaultDllImportSearchPaths(Path)]
    [SuppressGCTransition]
    private static extern long ColumnInt64(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_double")]
    [DefaultDllImportSearchPaths(Path)]
    [SuppressGCTransition]
    private static extern double ColumnDouble(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [DefaultDllImportSearchPaths(Path)]
    [SuppressGCTransition]
    private static extern int ColumnBytes(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_bind_null")]
    [DefaultDllImportSearchPaths(Path)]
    [SuppressGCTransition]
    private static extern int BindNull(nint statement, int at);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [DefaultDllImportSearchPaths(Path)]
    [SuppressGCTransition]
    private static extern int BindInt64(nint statement, int at, long value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_double")]
    [DefaultDllImportSearchPaths(Path)]
    [SuppressGCTransition]
    private static extern int BindDouble(nint statement, int at, double value);

    [DllImport(Library, EntryPoint = "sqlite3_column_blob")]
    [DefaultDllImportSearchPaths(Path)]
    private static extern nint ColumnBlob(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text")]
    [DefaultDllImportSearchPaths(Path)]
    private static extern int BindText(nint statement, int at, byte[] value, int length, nint free);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob")]
    [DefaultDllImportSearchPaths(Path)]
    private static extern int BindBlob(nint statement, int at, byte[] value, int length, nint free);

    [DllImport(Library, EntryPoint = "sqlite3_step")]
    [DefaultDllImportSearchPaths(Path)]
    private static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset")]
    [DefaultDllImportSearchPaths(Path)]
    private static extern int Reset(nint statement);
}
