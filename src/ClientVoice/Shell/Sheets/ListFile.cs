using System.Buffers;
using System.IO.Pipelines;

namespace ClientVoice.Shell.Sheets;

/// <summary>A column of a list: its heading, and what of a line stands in it.</summary>
/// <typeparam name="T">A line of the list.</typeparam>
/// <param name="Header">In the reader's language.</param>
/// <param name="Value">Of the column's type; null for an empty cell.</param>
/// <param name="Width">In characters; without it, what suits the type and the header.</param>
internal sealed record ListColumn<T>(string Header, CellType Type, Func<T, object?> Value, double? Width = null);

/// <summary>A list of the desk as an Excel file, sent while its lines are read: however long it is, the service holds little of it.</summary>
internal static class ListFile
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // What waits for the network at most, but for what one line gives.
    private const int Waiting = 64 * 1024;

    /// <summary>The answer to a request for one: not to be kept by anything between, for there are names in it.</summary>
    /// <param name="file">Its name, with extension.</param>
    /// <param name="sheet">The name of its sheet; what does not fit there goes on in another.</param>
    public static IResult Of<T>(HttpContext context, string file, string sheet, IEnumerable<T> lines, IReadOnlyList<ListColumn<T>> columns) =>
        Of(context, file, sheet, lines.ToAsyncEnumerable(), columns);

    /// <summary>Likewise, of lines that are read when they are written. Trouble with the first is answered as trouble; with a later one the answer breaks off, so that a part is never taken for the whole.</summary>
    public static IResult Of<T>(HttpContext context, string file, string sheet, IAsyncEnumerable<T> lines, IReadOnlyList<ListColumn<T>> columns)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(_ => WriteAsync(context.Response.BodyWriter, sheet, lines, columns, context.RequestAborted), MediaType, file);
    }

    /// <summary>Writes the file.</summary>
    public static async Task WriteAsync<T>(PipeWriter target, string sheet, IAsyncEnumerable<T> lines, IReadOnlyList<ListColumn<T>> columns, CancellationToken cancel)
    {
        await using var line = lines.GetAsyncEnumerator(cancel);
        var more = await line.MoveNextAsync();
        await using var content = new Waits(target);
        await using var book = new Workbook(content);
        try
        {
            do
            {
                await using var open = book.Sheet(sheet, [.. columns.Select(c => new SheetColumn(c.Header, c.Type, c.Width))]);
                for (var rows = 1; more && rows < SheetText.MostRows; rows++)
                {
                    open.Row([.. columns.Select(c => c.Value(line.Current))]);
                    if (content.Bytes > Waiting)
                    {
                        await content.FlushAsync(cancel);
                    }

                    more = await line.MoveNextAsync();
                }
            }
            while (more);
        }
        catch
        {
            content.IsBrokenOff = true;
            throw;
        }
    }

    // A zip writes synchronously, which a response does not take: what it writes waits here until there is a moment to send it.
    private sealed class Waits(PipeWriter target) : Stream
    {
        /// <summary>Nothing more is sent: not the end that would make a whole file of what came before.</summary>
        public bool IsBrokenOff { get; set; }

        public int Bytes { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!IsBrokenOff)
            {
                target.Write(buffer);
                Bytes += buffer.Length;
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
        }

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            Bytes = 0;
            if (!IsBrokenOff)
            {
                await target.FlushAsync(cancellationToken);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
