// Between ODataLib, which writes as it goes, and Kestrel, which takes only asynchronous writes: bytes are gathered
// here and sent in lumps. Nothing is sent before the first lump is full, so that most failures can still be answered.
using System.Buffers;

namespace ClientVoice.Feed.Answer;

/// <summary>A stream to write to; its content goes to the response when told to.</summary>
internal sealed class BodyBuffer(HttpResponse response) : Stream
{
    private readonly ArrayBufferWriter<byte> gathered = new(FeedLimits.BufferBytes + 4_096);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Enough has been gathered to send it.</summary>
    public bool IsFull => gathered.WrittenCount >= FeedLimits.BufferBytes;

    /// <summary>Sends what was gathered.</summary>
    public async Task SendAsync(CancellationToken cancel)
    {
        if (gathered.WrittenCount > 0)
        {
            await response.Body.WriteAsync(gathered.WrittenMemory, cancel);
            gathered.ResetWrittenCount();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => gathered.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => gathered.Write(buffer);

    public override void Flush()
    {
        // ODataLib flushes its own buffers into this one; sending is ours to do.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
