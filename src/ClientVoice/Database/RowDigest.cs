// Whether many rows are still the same, without reading what they say: their bytes go into a hash as they come, and nothing of them stays in memory.
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClientVoice.Database;

/// <summary>The SHA-256 of rows in the order in which they come; of the same rows on the other database it may be another.</summary>
internal sealed class RowDigest : IDisposable
{
    private const int Absent = -1;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // A call for some thousands of bytes, and not for each value.
    private readonly byte[] buffer = new byte[32_768];
    private int filled;

    /// <summary>The first columns of the row.</summary>
    public void Add(ManyRows row, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            if (row.IsNull(column))
            {
                Length(Absent);
                continue;
            }

            var bytes = row.Bytes(column);
            Length(bytes.Length);
            Add(bytes);
        }
    }

    /// <summary>In hexadecimal.</summary>
    public override string ToString()
    {
        Flush();
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public void Dispose() => hash.Dispose();

    // Where a value ends is said, so that what moves from one to the next is seen.
    private void Length(int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        Add(bytes);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - filled)
        {
            Flush();
        }

        if (bytes.Length > buffer.Length)
        {
            hash.AppendData(bytes);
            return;
        }

        bytes.CopyTo(buffer.AsSpan(filled));
        filled += bytes.Length;
    }

    private void Flush()
    {
        hash.AppendData(buffer, 0, filled);
        filled = 0;
    }
}
