using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ClientVoice.Outcomes;

/// <summary>
/// The hash of a set of rows: the sum of the SHA-256 of each, modulo 2^256. It does not depend on their order, and a row that
/// comes or goes is added or taken away, so that it costs what changed and not what is there. The same rows give the same hash.
/// A row is its table's name and its values one after the other, each with what it is: nothing is put into digits for it.
/// </summary>
internal sealed class RowsHash
{
    private const int Words = 4;

    // What a value is comes before it, so that no two rows are written alike.
    private const byte Absent = 0, Text = 1, Id = 2, Whole = 3, Fraction = 4, Flag = 5;

    private readonly ArrayBufferWriter<byte> buffer = new(1_024);

    // The lowest first. What is carried out of the highest is gone: that is the modulus.
    private readonly ulong[] sum = new ulong[Words];

    /// <param name="hex">Of the rows to begin with, as <see cref="ToString"/> wrote it; null for none.</param>
    public RowsHash(string? hex = null)
    {
        if (hex is not null)
        {
            var bytes = Convert.FromHexString(hex);
            for (var i = 0; i < Words; i++)
            {
                sum[i] = WordOf(bytes, i);
            }
        }
    }

    /// <summary>Back to no rows.</summary>
    public void Clear() => Array.Clear(sum);

    /// <summary>A row that comes.</summary>
    public void Add(string table, ReadOnlySpan<object?> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Of(table, row, hash);
        Add(hash);
    }

    /// <summary>Rows that come, by the sum of their hashes (<see cref="ToBytes"/>).</summary>
    public void Add(ReadOnlySpan<byte> rows)
    {
        var carry = UInt128.Zero;
        for (var i = 0; i < Words; i++)
        {
            carry += (UInt128)sum[i] + WordOf(rows, i);
            sum[i] = (ulong)carry;
            carry >>= 64;
        }
    }

    /// <summary>A row that goes.</summary>
    public void Remove(string table, ReadOnlySpan<object?> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Of(table, row, hash);
        Remove(hash);
    }

    /// <summary>Rows that go, by the sum of their hashes.</summary>
    public void Remove(ReadOnlySpan<byte> rows)
    {
        var borrowed = 0UL;
        for (var i = 0; i < Words; i++)
        {
            var (was, less) = (sum[i], WordOf(rows, i));
            sum[i] = was - less - borrowed;
            borrowed = was < less || (was == less && borrowed == 1) ? 1UL : 0;
        }
    }

    /// <summary>The sum, highest byte first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan((Words - 1 - i) * sizeof(ulong)), sum[i]);
        }

        return bytes;
    }

    /// <summary>The sum in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    // Of a number written highest byte first.
    private static ulong WordOf(ReadOnlySpan<byte> bytes, int word) => BinaryPrimitives.ReadUInt64BigEndian(bytes[((Words - 1 - word) * sizeof(ulong))..]);

    private void Of(string table, ReadOnlySpan<object?> row, Span<byte> hash)
    {
        buffer.ResetWrittenCount();
        Write(table);
        foreach (var value in row)
        {
            Write(value);
        }

        SHA256.HashData(buffer.WrittenSpan, hash);
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                Room(0, Absent);
                break;
            case string text:
                Write(text);
                break;
            case Guid id:
                id.TryWriteBytes(Room(16, Id));
                break;
            case int number:
                BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long), Whole), number);
                break;
            case long number:
                BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long), Whole), number);
                break;
            case double number:
                // A database gives nought back without its sign.
                BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double), Fraction), number == 0 ? 0 : number);
                break;
            case bool flag:
                Room(1, Flag)[0] = flag ? (byte)1 : (byte)0;
                break;
            default:
                throw new NotSupportedException($"No row that is published has a {value.GetType().Name}.");
        }
    }

    private void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var room = Room(sizeof(int) + length, Text);
        BinaryPrimitives.WriteInt32LittleEndian(room, length);
        Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
    }

    private Span<byte> Room(int length, byte what)
    {
        var room = buffer.GetSpan(length + 1)[..(length + 1)];
        room[0] = what;
        buffer.Advance(length + 1);
        return room[1..];
    }
}
