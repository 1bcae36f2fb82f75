// Between what is written as it goes and Kestrel, which takes only asynchronous writes: bytes are gathered here and
// sent in lumps. Nothing is sent before the first lump is full, so that most failures can still be answered.
using System.Buffers;

namespace ClientVoice.Feed.Answer;

/// <summary>Gathers bytes; they go to the response when told to.</summary>
internal sealed class BodyBuffer(HttpResponse response) : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> gathered = new(FeedLimits.BufferBytes + 4_096);

    /// <summary>Bytes that wait to be sent.</summary>
    public int Waiting => gathered.WrittenCount;

    /// <summary>Sends what was gathered.</summary>
    public async Task SendAsync(CancellationToken cancel)
    {
        if (gathered.WrittenCount > 0)
        {
            await response.Body.WriteAsync(gathered.WrittenMemory, cancel);
            gathered.ResetWrittenCount();
        }
    }

    public void Advance(int count) => gathered.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0) => gathered.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => gathered.GetSpan(sizeHint);
}
