namespace ClientVoice.Outcomes;

/// <summary>From counted participation of one family to the rows that are published.</summary>
internal static class ParticipationRows
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "Invited", "Held", "Refused", "Stopped", "NotReached", "Marked", "ResponseRate", "Suppressed", "SuppressionReason",
    ];

    /// <summary>The rows, in order.</summary>
    /// <param name="before">Of the publication before: why a block was hidden, null where it was shown; a block that it had not is absent.</param>
    /// <param name="isUnchanged">Whether nobody in a block had a conversation since that publication.</param>
    public static IReadOnlyList<(BlockKey Block, object?[] Row)> Make(
        IEnumerable<ParticipationCell> counted, Disclosure disclosure, IReadOnlyDictionary<BlockKey, string?> before, Func<BlockKey, bool> isUnchanged)
    {
        var cells = counted.OrderBy(c => c.Block.Period, StringComparer.Ordinal).ThenBy(c => c.Block.Place).ToList();
        var hidden = disclosure.Hide([.. cells.Select(Hiding)]);
        return [.. cells.Select((c, i) => (c.Block.Key, Row(c, hidden.GetValueOrDefault(i))))];

        // With nobody who took part there is nobody to recognise among those who did.
        HidingCell Hiding(ParticipationCell cell)
        {
            var people = cell.Held == 0 ? cell.Invited : cell.Held;
            var unchanged = before.TryGetValue(cell.Block.Key, out var why) && isUnchanged(cell.Block.Key);
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
