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
        return Results.Stream(body => WriteAsync(body, sheet, lines, columns, context.RequestAborted), MediaType, file);
    }

    /// <summary>Writes the file. Where the lines break off its end is not written: a part is not a file.</summary>
    /// <param name="target">Is written to asynchronously only.</param>
    public static async Task WriteAsync<T>(Stream target, string sheet, IAsyncEnumerable<T> lines, IReadOnlyList<ListColumn<T>> columns, CancellationToken cancel)
    {
        await using var line = lines.GetAsyncEnumerator(cancel);
        var more = await line.MoveNextAsync();
        await using var waits = new Waits();
        await using (var book = new Workbook(waits))
        {
            do
            {
                await using var open = book.Sheet(sheet, [.. columns.Select(c => new SheetColumn(c.Header, c.Type, c.Width))]);
                for (var rows = 1; more && rows < SheetText.MostRows; rows++)
                {
                    open.Row([.. columns.Select(c => c.Value(line.Current))]);
                    if (waits.Length > Waiting)
                    {
                        await SendAsync();
                    }

                    more = await line.MoveNextAsync();
                }
            }
            while (more);
        }

        await SendAsync();

        async Task SendAsync()
        {
            await target.WriteAsync(waits.GetBuffer().AsMemory(0, (int)waits.Length), cancel);
            waits.SetLength(0);
        }
    }

    // A zip writes synchronously, which a response does not take: what it writes waits here until there is a moment to send it. It does not go back to what it wrote,
    // as it may be sent by then.
    private sealed class Waits : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
