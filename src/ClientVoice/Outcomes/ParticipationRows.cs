namespace ClientVoice.Outcomes;

/// <summary>From counted participation to the rows that are published.</summary>
internal static class ParticipationRows
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "Invited", "Held", "Refused", "Stopped", "NotReached", "Marked", "ResponseRate", "Suppressed", "SuppressionReason",
    ];

    /// <summary>The rows in order, and how many are hidden.</summary>
    /// <param name="before">Of the publication before: why a block was hidden, null where it was shown; a block that it had not is absent.</param>
    /// <param name="isUnchanged">Whether nobody in a block had a conversation since that publication.</param>
    public static (IReadOnlyList<object?[]> Rows, int Hidden) Make(
        IEnumerable<ParticipationCell> counted, Disclosure disclosure, IReadOnlyDictionary<Block, string?> before, Func<Block, bool> isUnchanged)
    {
        var rows = new List<object?[]>();
        var hiddenRows = 0;
        foreach (var family in counted.GroupBy(c => (c.Block.Group, c.Block.Instrument, c.Block.Perspective)).OrderBy(g => g.Key.Group).ThenBy(g => g.Key.Instrument, StringComparer.Ordinal).ThenBy(g => g.Key.Perspective, StringComparer.Ordinal))
        {
            var cells = family.OrderBy(c => c.Block.Period, StringComparer.Ordinal).ThenBy(c => c.Block.Place).ToList();
            var hidden = disclosure.Hide([.. cells.Select(Hiding)]);
            hiddenRows += hidden.Count;
            rows.AddRange(cells.Select((c, i) => Row(c, hidden.GetValueOrDefault(i))));
        }

        return (rows, hiddenRows);

        // With nobody who took part there is nobody to recognise among those who did.
        HidingCell Hiding(ParticipationCell cell)
        {
            var people = cell.Held == 0 ? cell.Invited : cell.Held;
            var unchanged = before.TryGetValue(cell.Block, out var why) && isUnchanged(cell.Block);
            return new HidingCell(cell.Block.Period, cell.Block.Place, -1, people, null, unchanged && why is null, people, unchanged ? why : null);
        }
    }

    private static object?[] Row(ParticipationCell cell, string? why)
    {
        var block = cell.Block;
        return
        [
            block.Period, block.Place, block.Group, block.Instrument, block.Perspective,
            Open(cell.Invited), Open(cell.Held), Open(cell.Refused), Open(cell.Stopped), Open(cell.NotReached), Open(cell.Marked),
            why is null ? Figure.Round((double)cell.Held / cell.Invited) : null, why is not null, why,
        ];

        int? Open(int count) => why is null ? count : null;
    }
}
