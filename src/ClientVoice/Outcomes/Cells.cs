// Cells before and after hiding. A RawCell never leaves this room; what leaves is a row of a publication.
namespace ClientVoice.Outcomes;

/// <summary>Where a figure belongs.</summary>
/// <param name="Instrument">With its version, <c>mijn-verhaal@1.0</c>.</param>
internal readonly record struct Block(string Period, Guid Place, Guid Group, string Instrument, string Perspective);

/// <summary>The scores of one measure in one block, one per person.</summary>
/// <param name="Measure"><c>mijn-verhaal@1.0/domain/home</c> or <c>…/question/home</c>.</param>
/// <param name="Options">For a question with options: how many people chose each.</param>
internal sealed record RawCell(Block Block, string Measure, IReadOnlyList<double> Scores, IReadOnlyDictionary<string, int> Options)
{
    /// <summary>How many people stand behind it.</summary>
    public int People { get; } = Math.Max(Scores.Count, Options.Values.Sum());
}

/// <summary>Who was asked in one block.</summary>
internal sealed record RawParticipation(Block Block, int Invited, int Held, int Refused, int Stopped);

/// <summary>All that was counted.</summary>
internal sealed record RawTable(IReadOnlyList<RawCell> Cells, IReadOnlyList<RawParticipation> Participation, IReadOnlyList<Period> Periods);

/// <summary>Why a cell is hidden; the text is what consumers see.</summary>
internal static class HiddenBecause
{
    /// <summary>Fewer people than the organisation's smallest group.</summary>
    public const string FewPeople = "few-people";

    /// <summary>It would tell a hidden neighbour by subtraction.</summary>
    public const string TellsNeighbour = "tells-neighbour";

    /// <summary>Everyone answered the same, so the figure tells each person's answer.</summary>
    public const string AllTheSame = "all-the-same";
}
