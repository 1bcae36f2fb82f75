using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>A table of a report: what every voice shows, cell by cell.</summary>
/// <param name="Part">One of <see cref="ReportParts"/>: tables of one part stand in one sheet of a workbook.</param>
/// <param name="Group">The client group it is about; null where it is about all.</param>
/// <param name="Asked">With what and whose view; null where that stands in the rows.</param>
internal sealed record FigureTable(string Part, LocalText Caption, IReadOnlyList<FigureColumn> Columns, IReadOnlyList<FigureRow> Rows, LocalText? Group = null, LocalText? Asked = null)
{
    /// <summary>Whether any row says something about itself.</summary>
    public bool HasRemarks => Rows.Any(r => r.Remark is not null);

    /// <summary>Of a table of areas: mean, low and high of a row.</summary>
    public static (int? Mean, int? Low, int? High) Interval(FigureRow row) => (row.Cells[^4].Number, row.Cells[^3].Number, row.Cells[^2].Number);
}

/// <summary>A column: whole numbers or words.</summary>
internal sealed record FigureColumn(LocalText Label, bool IsNumber);

/// <summary>A row; its first cell names it.</summary>
/// <param name="Remark">Why figures are missing.</param>
internal sealed record FigureRow(IReadOnlyList<FigureCell> Cells, LocalText? Remark = null);

/// <summary>Words or a whole number; neither where there is nothing to show.</summary>
internal sealed record FigureCell(LocalText? Text, int? Number)
{
    public static implicit operator FigureCell(LocalText? text) => new(text, null);

    public static implicit operator FigureCell(int? number) => new(null, number);

    public static implicit operator FigureCell(string? words) => new(words is null ? null : new LocalText(words, null), null);

    /// <summary>As it is read; a dash where there is nothing.</summary>
    public string Shown(Language l) => Text is { } text ? l[text] : Number is { } number ? l.Number(number) : "–";
}

/// <summary>The parts of a report that hold tables.</summary>
internal static class ReportParts
{
    public const string Overview = "overview";
    public const string Participation = "participation";
    public const string Areas = "areas";
    public const string Changes = "changes";
    public const string Wishes = "wishes";
    public const string Agreed = "agreed";
    public const string Views = "views";
    public const string Promised = "promised";
    public const string Planned = "planned";

    public static readonly IReadOnlyList<string> All = [Overview, Promised, Participation, Areas, Changes, Wishes, Agreed, Views, Planned];

    /// <summary>A part in a word or two: the name of its sheet.</summary>
    public static LocalText NameOf(string part) => part switch
    {
        Overview => new("In één oogopslag", "At a glance"),
        Promised => new("Beloofd en nagekomen", "Promised and kept"),
        Participation => new("Deelname", "Participation"),
        Areas => new("Levensgebieden", "Areas of life"),
        Changes => new("Veranderingen", "Changes"),
        Wishes => new("Wensen", "Wishes"),
        Agreed => new("Afspraken", "Agreements"),
        Views => new("Perspectieven", "Perspectives"),
        Planned => new("Verbeterpunten", "Points to improve"),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}
