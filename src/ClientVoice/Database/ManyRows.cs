// For the few statements that read millions of rows: no text is made anew that was there before, and SQLite's columns are read as the
// bytes they are. Through the usual reader most of the time of counting went into texts that were thrown away at once.
using System.Buffers.Text;
using System.Data;
using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClientVoice.Database;

/// <summary>Reads row by row from either database. Texts are few and come back often; ids are many.</summary>
internal sealed class ManyRows : IDisposable
{
    private readonly DbDataReader rows;
    // Of SQLite; null for a server.
    private readonly NativeSqlite? statement;
    private readonly Column[] columns;
    private readonly Dictionary<string, string> texts = [];
    private readonly Dictionary<byte[], string> byBytes = new(new SameBytes());
    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> lookup;

    private ManyRows(DbDataReader rows)
    {
        this.rows = rows is IWrappedDataReader { Reader: DbDataReader inner } ? inner : rows;
        statement = (this.rows as SqliteDataReader)?.Handle is { } handle ? new NativeSqlite(handle) : null;
        columns = new Column[rows.FieldCount];
        lookup = byBytes.GetAlternateLookup<ReadOnlySpan<byte>>();
        Outer = rows;
    }

    // The one to close: it closes the command too.
    private DbDataReader Outer { get; }

    /// <summary>Runs a statement.</summary>
    public static async Task<ManyRows> OfAsync(DbConnection connection, CommandDefinition command) => new(await connection.ExecuteReaderAsync(command));

    /// <summary>Goes to the next row; false where there is none.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancel)
    {
        if (statement is null)
        {
            return new(rows.ReadAsync(cancel));
        }

        // On SQLite there is nothing to wait for, and twenty million times nothing is seconds.
        cancel.ThrowIfCancellationRequested();
        return new(rows.Read());
    }

    public bool IsNull(int column) => statement is null ? rows.IsDBNull(column) : statement.IsNull(column);

    public long Whole(int column) => statement is null ? Convert.ToInt64(rows.GetValue(column), System.Globalization.CultureInfo.InvariantCulture) : statement.Whole(column);

    public double Number(int column) => statement is null ? rows.GetDouble(column) : statement.Number(column);

    public double? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public bool Flag(int column) => Whole(column) != 0;

    public Guid Id(int column)
    {
        if (statement is null)
        {
            return rows.GetGuid(column);
        }

        ref var last = ref columns[column];
        var bytes = statement.Bytes(column);
        // Rows of one conversation come together.
        if (!bytes.SequenceEqual(last.Bytes))
        {
            last.Id = Utf8Parser.TryParse(bytes, out Guid id, out var length, 'D') && length == bytes.Length ? id : throw new DataException($"Column {column} holds no id.");
            last.Bytes = bytes.ToArray();
        }

        return last.Id;
    }

    /// <summary>A text that is one of a few.</summary>
    public string Text(int column)
    {
        if (statement is null)
        {
            var text = rows.GetString(column);
            return texts.TryGetValue(text, out var same) ? same : texts[text] = text;
        }

        ref var last = ref columns[column];
        var bytes = statement.Bytes(column);
        if (last.Text is null || !bytes.SequenceEqual(last.Bytes))
        {
            if (!lookup.TryGetValue(bytes, out var known))
            {
                byBytes[bytes.ToArray()] = known = Encoding.UTF8.GetString(bytes);
            }

            last.Text = known;
            // Of the text itself: nothing is copied for a row.
            lookup.TryGetValue(bytes, out last.Bytes!, out _);
        }

        return last.Text;
    }

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateOnly Day(int column)
    {
        if (statement is null)
        {
            return TypeHandlers.Day(rows.GetValue(column))!.Value;
        }

        var bytes = statement.Bytes(column);
        return new DateOnly(Digits(bytes[..4]), Digits(bytes[5..7]), Digits(bytes[8..10]));
    }

    public DateOnly? DayOrNull(int column) => IsNull(column) ? null : Day(column);

    public byte[] Binary(int column) => statement is null ? rows.GetFieldValue<byte[]>(column) : statement.Bytes(column).ToArray();

    /// <summary>A value as bytes, until the next that is asked for: on SQLite as they lie there, from a server those of its text.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => statement is null
        ? Encoding.UTF8.GetBytes(Convert.ToString(rows.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!)
        : statement.Bytes(column);

    /// <summary>A text or a number as the database has it; null where there is none.</summary>
    public object? Value(int column) => statement is null
        ? rows.IsDBNull(column) ? null : rows.GetValue(column)
        : statement.TypeOf(column) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_TEXT => Text(column),
            raw.SQLITE_FLOAT => Number(column),
            raw.SQLITE_INTEGER => Whole(column),
            _ => Binary(column),
        };

    /// <summary>A time; a day is its beginning.</summary>
    public DateTimeOffset Moment(int column) => TypeHandlers.Moment(rows.GetValue(column));

    // Not its DisposeAsync: with that, statements were seen to be left to the collector.
    public void Dispose() => Outer.Dispose();

    private static int Digits(ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        foreach (var digit in bytes)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }

    // What was in the row before.
    private struct Column
    {
        public byte[] Bytes;
        public Guid Id;
        public string? Text;
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> bytes)
        {
            var hash = default(HashCode);
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
