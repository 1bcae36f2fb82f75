namespace ClientVoice.Outcomes;

/// <summary>From counted participation of one family to the rows that are published.</summary>
internal static class ParticipationRows
{
    public static readonly string[] Columns =
    [
        "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective", "Invited", "Held", "Anonymous", "AnonymousSuppressed", "Refused", "Stopped", "NotReached", "Marked", "ResponseRate", "Suppressed", "SuppressionReason",
    ];

    private static readonly int AnonymousSuppressedAt = KeptTable.At(Columns, "AnonymousSuppressed");

    /// <summary>The rows, in order.</summary>
    /// <param name="before">Of the publication before; a block that it had not is absent.</param>
    /// <param name="isUnchanged">Whether nobody in a block had a conversation since that publication.</param>
    public static IReadOnlyList<(BlockKey Block, object?[] Row)> Make(
        IEnumerable<ParticipationCell> counted, Disclosure disclosure, IReadOnlyDictionary<BlockKey, HiddenParticipation> before, Func<BlockKey, bool> isUnchanged)
    {
        var cells = counted.OrderBy(c => c.Block.Period, StringComparer.Ordinal).ThenBy(c => c.Block.Place).ToList();
        var hidden = ParticipationHiding.Of(cells, disclosure, before, isUnchanged);
        return [.. cells.Select((c, i) => (c.Block.Key, Row(c, hidden[i])))];
    }

    /// <summary>How a row that stands was hidden.</summary>
    public static HiddenParticipation Before(KeptRow row) => new((string?)row.Values[^1], (bool)row.Values[AnonymousSuppressedAt]!);

    private static object?[] Row(ParticipationCell cell, HiddenParticipation hidden)
    {
        var why = hidden.Why;
        var block = cell.Block;
        return
        [
            block.Period, block.Place, block.Group, block.Instrument, block.Perspective,
            Open(cell.Invited), Open(cell.Held), hidden.HidesAnonymous ? null : Open(cell.Anonymous), hidden.HidesAnonymous, Open(cell.Refused), Open(cell.Stopped), Open(cell.NotReached), Open(cell.Marked),
            why is null ? Figure.Round((double)cell.Held / cell.Invited) : null, why is not null, why,
        ];

        int? Open(int count) => why is null ? count : null;
    }
}
