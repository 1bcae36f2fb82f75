// Excel files, written as the rows come: a zip with one entry after the other, in constant memory. The SDK builds the
// whole document in memory first; a sector's figures do not fit there.
using System.IO.Compression;
using System.Text;

namespace ClientVoice.Shell.Sheets;

/// <summary>An xlsx file in the making. One sheet is open at a time; dispose it before the next.</summary>
internal sealed class Workbook : IAsyncDisposable
{
    private readonly Stream target;
    private readonly ZipArchive zip;
    private readonly List<Sheet> sheets = [];
    private bool finished;

    // The first that a zip can hold.
    private static readonly DateTimeOffset FirstMoment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="stream">Where the file goes; it may be one that can only be written to. It is left open.</param>
    /// <remarks>The zip writes synchronously: give a file or memory, or a response only where that is allowed.</remarks>
    public Workbook(Stream stream)
    {
        target = stream;
        zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    }

    /// <summary>Begins a sheet; its name is made safe and unique.</summary>
    /// <param name="closing">Says how many rows there were, in a row of its own below a filter that leaves it out; null for none.</param>
    /// <exception cref="InvalidOperationException">The sheet before is still open, or there are no columns.</exception>
    public Sheet Sheet(string name, IReadOnlyList<SheetColumn> columns, Func<int, string>? closing = null)
    {
        if (sheets.LastOrDefault() is { IsOpen: true })
        {
            throw new InvalidOperationException("Dispose the sheet before beginning the next one.");
        }

        if (columns.Count is 0 or > SheetText.MostColumns)
        {
            throw new InvalidOperationException($"A sheet has 1 to {SheetText.MostColumns} columns.");
        }

        var sheet = new Sheet(
            SheetText.SheetName(name, [.. sheets.Select(s => s.Name)]),
            columns,
            Entry($"xl/worksheets/sheet{sheets.Count + 1}.xml"),
            closing);
        sheets.Add(sheet);
        return sheet;
    }

    /// <summary>Closes the file. Without this it is not an Excel file; a book without sheets gets an empty one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (finished)
        {
            return;
        }

        finished = true;
        if (sheets.Count == 0)
        {
            await Sheet("1", [new SheetColumn("", CellType.Text)]).DisposeAsync();
        }

        await sheets[^1].DisposeAsync();
        foreach (var (name, content) in WorkbookParts.All(sheets))
        {
            await using var entry = Entry(name);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(content));
        }

        await zip.DisposeAsync();
        await target.FlushAsync();
    }

    // The same rows give the same bytes: when a file was written is not content.
    private Stream Entry(string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = FirstMoment;
        return entry.Open();
    }
}
