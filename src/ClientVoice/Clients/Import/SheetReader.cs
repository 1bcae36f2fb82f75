// Reads an Excel file that somebody uploads. ExcelDataReader does the reading; what stands here is that a file cannot hurt: it
// is unpacked once, counting, before anything believes what it says of its own size.
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace ClientVoice.Clients.Import;

/// <summary>The first sheet of a file: its headings and its rows.</summary>
internal sealed record ImportTable(IReadOnlyList<string> Headings, IReadOnlyList<ImportRow> Rows);

/// <summary>A row with something in it.</summary>
/// <param name="Number">As Excel counts: the headings are row 1.</param>
/// <param name="Cells">As text, one for each heading; null where empty.</param>
internal sealed record ImportRow(int Number, IReadOnlyList<string?> Cells);

/// <summary>The file as a whole cannot be read; the text says why.</summary>
internal sealed class ImportException(ImportFaultKind kind, Exception? inner = null) : Exception(kind.ToString(), inner)
{
    public ImportFaultKind Kind { get; } = kind;
}

/// <summary>Opens a client list.</summary>
internal static class SheetReader
{
    /// <summary>A list of 10,000 clients is about one megabyte.</summary>
    public const long LargestFile = 10_000_000;

    /// <summary>Unpacked. Ten times what 20,000 rows need; a bomb is a thousand times its size.</summary>
    public const long LargestUnpacked = 200_000_000;

    public const int MostRows = 20_000;
    public const int MostColumns = 60;
    private const int MostParts = 200;

    /// <exception cref="ImportException">It is no Excel file, too large, or empty.</exception>
    public static ImportTable Read(Stream file)
    {
        if (file.Length > LargestFile)
        {
            throw new ImportException(ImportFaultKind.FileTooLarge);
        }

        // The library wants code page 1252, for the older files that we do not take.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            Weigh(file);
            file.Position = 0;
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            return Rows(reader);
        }
        catch (Exception error) when (error is InvalidDataException or ExcelReaderException or System.Xml.XmlException or EndOfStreamException or FormatException or KeyNotFoundException or NullReferenceException or ArgumentException)
        {
            throw new ImportException(ImportFaultKind.NotExcel, error);
        }
    }

    private static void Weigh(Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var (total, buffer) = (0L, new byte[1 << 16]);
        if (zip.Entries.Count > MostParts)
        {
            throw new ImportException(ImportFaultKind.FileTooLarge);
        }

        foreach (var part in zip.Entries)
        {
            using var stream = part.Open();
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                total += read;
                if (total > LargestUnpacked)
                {
                    throw new ImportException(ImportFaultKind.FileTooLarge);
                }
            }
        }
    }

    private static ImportTable Rows(IExcelDataReader reader)
    {
        var headings = new List<string>();
        var rows = new List<ImportRow>();
        for (var number = 1; reader.Read(); number++)
        {
            var cells = new string?[number == 1 ? Math.Min(reader.FieldCount, MostColumns + 1) : headings.Count];
            for (var i = 0; i < Math.Min(cells.Length, reader.FieldCount); i++)
            {
                cells[i] = Text(reader.GetValue(i));
            }

            if (number == 1)
            {
                // Excel often counts columns that were once used; the headings end at the last one with a text.
                var last = Array.FindLastIndex(cells, c => c is not null);
                headings.AddRange(cells.Take(last + 1).Select(c => c ?? ""));
                Check(headings.Count > 0, ImportFaultKind.Empty);
                Check(headings.Count <= MostColumns, ImportFaultKind.TooManyColumns);
            }
            else if (cells.Any(c => c is not null))
            {
                Check(rows.Count < MostRows, ImportFaultKind.TooManyRows);
                rows.Add(new ImportRow(number, cells));
            }
        }

        Check(rows.Count > 0, ImportFaultKind.Empty);
        return new ImportTable(headings, rows);
    }

    private static void Check(bool good, ImportFaultKind kind)
    {
        if (!good)
        {
            throw new ImportException(kind);
        }
    }

    private static string? Text(object? value)
    {
        var text = value switch
        {
            null => "",
            DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            double number => number.ToString(CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        text = text.Trim();
        return text.Length == 0 ? null : text;
    }
}
