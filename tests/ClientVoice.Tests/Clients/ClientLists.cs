using ClientVoice.Shell.Sheets;

namespace ClientVoice.Tests.Clients;

/// <summary>Client lists as Excel files.</summary>
internal static class ClientLists
{
    /// <summary>A file with one sheet of texts.</summary>
    public static async Task<MemoryStream> FileAsync(IReadOnlyList<string> headings, IEnumerable<string?[]> rows)
    {
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet("Lijst", [.. headings.Select(h => new SheetColumn(h, CellType.Text))]);
            foreach (var row in rows)
            {
                sheet.Row([.. row]);
            }
        }

        file.Position = 0;
        return file;
    }
}
