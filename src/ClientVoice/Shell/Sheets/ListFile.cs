namespace ClientVoice.Shell.Sheets;

/// <summary>A column of a list: its heading, and what of a line stands in it.</summary>
/// <typeparam name="T">A line of the list.</typeparam>
/// <param name="Header">In the reader's language.</param>
/// <param name="Value">Of the column's type; null for an empty cell.</param>
/// <param name="Width">In characters; without it, what suits the type and the header.</param>
internal sealed record ListColumn<T>(string Header, CellType Type, Func<T, object?> Value, double? Width = null);

/// <summary>A list of the desk as an Excel file.</summary>
internal static class ListFile
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The answer to a request for one: not to be kept by anything between, for there are names in it.</summary>
    /// <param name="file">Its name, with extension.</param>
    /// <param name="sheet">The name of its only sheet.</param>
    public static async Task<IResult> OfAsync<T>(HttpContext context, string file, string sheet, IEnumerable<T> lines, IReadOnlyList<ListColumn<T>> columns)
    {
        // The zip writes synchronously, which a response does not take.
        var content = new MemoryStream();
        await using (var book = new Workbook(content))
        {
            await using var open = book.Sheet(sheet, [.. columns.Select(c => new SheetColumn(c.Header, c.Type, c.Width))]);
            foreach (var line in lines)
            {
                open.Row([.. columns.Select(c => c.Value(line))]);
            }
        }

        context.Response.Headers.CacheControl = "no-store";
        content.Position = 0;
        return Results.File(content, MediaType, file);
    }
}
