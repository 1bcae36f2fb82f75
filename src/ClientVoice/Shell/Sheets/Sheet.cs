using System.Globalization;
using System.Text;

namespace ClientVoice.Shell.Sheets;

/// <summary>One sheet of a workbook, written row by row: a bold header that stays in sight, filters, and typed cells.</summary>
internal sealed class Sheet : IAsyncDisposable
{
    private readonly StreamWriter writer;
    private readonly IReadOnlyList<SheetColumn> columns;
    private readonly string[] letters;
    private readonly Func<int, string>? closing;
    private int rows;
    private int lastOfFilter;

    internal Sheet(string name, IReadOnlyList<SheetColumn> columns, Stream entry, Func<int, string>? closing)
    {
        this.closing = closing;
        Name = name;
        this.columns = columns;
        letters = [.. Enumerable.Range(0, columns.Count).Select(SheetText.ColumnLetters)];
        writer = new StreamWriter(entry, new UTF8Encoding(false), 1 << 16);
        WriteHead();
    }

    /// <summary>As it stands in the file.</summary>
    public string Name { get; }

    internal bool IsOpen { get; private set; } = true;

    /// <summary>Everything in it, as Excel names it in formulas.</summary>
    internal string AbsoluteRange => $"$A$1:${letters[^1]}${lastOfFilter}";

    /// <summary>Adds a row: one value for each column, or null for an empty cell.</summary>
    /// <exception cref="ArgumentException">There are more or fewer values than columns, or one has not the column's type.</exception>
    /// <exception cref="InvalidOperationException">Excel takes no more rows, or the sheet is closed.</exception>
    public void Row(params ReadOnlySpan<object?> values)
    {
        if (values.Length != columns.Count)
        {
            throw new ArgumentException($"A row of '{Name}' has {columns.Count} values, not {values.Length}.", nameof(values));
        }

        // A closing row has room of its own.
        if (!IsOpen || rows == SheetText.MostRows - (closing is null ? 0 : 1))
        {
            throw new InvalidOperationException(IsOpen ? $"A sheet holds no more than {SheetText.MostRows} rows." : "The sheet is closed.");
        }

        StartRow();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                Cell(i, value);
            }
        }

        writer.Write("</row>");
    }

    /// <summary>Closes the sheet.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        lastOfFilter = rows;
        if (closing is not null)
        {
            var said = closing(rows - 1);
            StartRow();
            Text(0, said, CellStyle.Header);
            await writer.WriteAsync("</row>");
        }

        await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"""</sheetData><autoFilter ref="A1:{letters[^1]}{lastOfFilter}"/></worksheet>"""));
        await writer.DisposeAsync();
    }

    private void WriteHead()
    {
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">""");
        writer.Write("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>""");
        for (var i = 0; i < columns.Count; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{columns[i].WidthInCharacters}" customWidth="1"/>"""));
        }

        writer.Write("</cols><sheetData>");
        StartRow();
        for (var i = 0; i < columns.Count; i++)
        {
            Text(i, columns[i].Header, CellStyle.Header);
        }

        writer.Write("</row>");
    }

    private void StartRow()
    {
        rows++;
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"""<row r="{rows}">"""));
    }

    private void Cell(int column, object value)
    {
        switch (columns[column].Type, value)
        {
            case (CellType.Text, string text):
                Text(column, text, CellStyle.Plain);
                break;
            case (CellType.Whole, int or long or short):
                Value(column, "n", CellStyle.Whole, Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
                break;
            case (CellType.Number, double or float or decimal or int or long):
                Number(column, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case (CellType.Date, DateOnly date):
                Value(column, "n", CellStyle.Date, SheetText.Serial(date).ToString(CultureInfo.InvariantCulture));
                break;
            case (CellType.Flag, bool flag):
                Value(column, "b", CellStyle.Plain, flag ? "1" : "0");
                break;
            default:
                throw new ArgumentException($"The column '{columns[column].Header}' holds {columns[column].Type}, not {value.GetType().Name}.", nameof(value));
        }
    }

    // Excel has no NaN and no infinity: what is no number is an empty cell.
    private void Number(int column, double value)
    {
        if (double.IsFinite(value))
        {
            Value(column, "n", CellStyle.Number, value.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    // Always an inline string, never a formula: whatever a text begins with, it stays text.
    private void Text(int column, string text, CellStyle style)
    {
        Start(column, "inlineStr", style);
        writer.Write("""><is><t xml:space="preserve">""");
        writer.Write(SheetText.Escape(SheetText.Fit(text)));
        writer.Write("</t></is></c>");
    }

    private void Value(int column, string type, CellStyle style, string value)
    {
        Start(column, type, style);
        writer.Write("><v>");
        writer.Write(value);
        writer.Write("</v></c>");
    }

    private void Start(int column, string type, CellStyle style) =>
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"""<c r="{letters[column]}{rows}" s="{(int)style}" t="{type}" """).TrimEnd());

    /// <summary>In the order of the styles in <see cref="WorkbookParts"/>.</summary>
    private enum CellStyle
    {
        Plain = 0,
        Header = 1,
        Whole = 2,
        Number = 3,
        Date = 4,
    }
}
