using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace ClientVoice.Outcomes;

/// <summary>
/// The hash of a set of rows: the sum of the SHA-256 of each, modulo 2^256. It does not depend on their order, and a row that
/// comes or goes is added or taken away, so that it costs what changed and not what is there. The same rows give the same hash.
/// </summary>
internal sealed class RowsHash
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    private readonly ArrayBufferWriter<byte> buffer = new(1_024);
    private BigInteger sum;

    /// <param name="hex">Of the rows to begin with, as <see cref="ToString"/> wrote it; null for none.</param>
    public RowsHash(string? hex = null) => sum = hex is null ? BigInteger.Zero : new BigInteger(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);

    /// <summary>A row that comes.</summary>
    public void Add(string table, object?[] row) => sum += Of(table, row);

    /// <summary>A row that goes.</summary>
    public void Remove(string table, object?[] row) => sum -= Of(table, row);

    public override string ToString()
    {
        sum = ((sum % Modulus) + Modulus) % Modulus;
        var bytes = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        return Convert.ToHexStringLower([.. new byte[32 - bytes.Length], .. bytes]);
    }

    private BigInteger Of(string table, object?[] row)
    {
        // As a JSON array, written value by value: finding out what each object is costs more than the hash.
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        json.WriteStringValue(table);
        foreach (var value in row)
        {
            Write(json, value);
        }

        json.WriteEndArray();
        json.Flush();
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return new BigInteger(hash, isUnsigned: true, isBigEndian: true);
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
