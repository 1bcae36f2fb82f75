using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace ClientVoice.Outcomes;

/// <summary>
/// The hash of a set of rows: the sum of the SHA-256 of each, modulo 2^256. It does not depend on their order, and a row that
/// comes or goes is added or taken away, so that it costs what changed and not what is there. The same rows give the same hash.
/// </summary>
internal sealed class RowsHash : IDisposable
{
    private const int Words = 4;

    private readonly ArrayBufferWriter<byte> buffer = new(1_024);
    private readonly Utf8JsonWriter json;

    // The lowest first. What is carried out of the highest is gone: that is the modulus.
    private readonly ulong[] sum = new ulong[Words];

    /// <param name="hex">Of the rows to begin with, as <see cref="ToString"/> wrote it; null for none.</param>
    public RowsHash(string? hex = null)
    {
        json = new Utf8JsonWriter(buffer);
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

    public void Dispose() => json.Dispose();

    // Of a number written highest byte first.
    private static ulong WordOf(ReadOnlySpan<byte> bytes, int word) => BinaryPrimitives.ReadUInt64BigEndian(bytes[((Words - 1 - word) * sizeof(ulong))..]);

    private void Of(string table, ReadOnlySpan<object?> row, Span<byte> hash)
    {
        // As a JSON array, written value by value: finding out what each object is costs more than the hash.
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartArray();
        json.WriteStringValue(table);
        foreach (var value in row)
        {
            Write(json, value);
        }

        json.WriteEndArray();
        json.Flush();
        SHA256.HashData(buffer.WrittenSpan, hash);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                JsonSerializer.Serialize(json, value);
                break;
        }
    }
}
