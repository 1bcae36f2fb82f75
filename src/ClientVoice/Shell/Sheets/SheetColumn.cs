namespace ClientVoice.Shell.Sheets;

/// <summary>What a column of a sheet holds.</summary>
internal enum CellType
{
    Text,
    Whole,
    Number,
    Date,
    Flag,
}

/// <summary>A column of a sheet.</summary>
/// <param name="Header">In the reader's language: the caller chooses.</param>
/// <param name="Width">In characters; without it, what suits the type and the header.</param>
internal sealed record SheetColumn(string Header, CellType Type, double? Width = null)
{
    /// <summary>The width that is written: never so narrow that a figure becomes ####, never wider than a screen.</summary>
    internal double WidthInCharacters => Width ?? Math.Clamp(Header.Length + 4, Type == CellType.Text ? 18 : 12, 60);
}
