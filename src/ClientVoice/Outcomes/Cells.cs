// Cells before hiding. A cell never leaves this room; what leaves is a row of a publication.
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>The figures of one measure in one period and place, within one family.</summary>
internal sealed record OutcomeCell(string Period, Guid Place, Measure Measure, Tally Tally)
{
    public BlockKey Block => new(Period, Place);
}

/// <summary>A period and a place, within one family.</summary>
internal readonly record struct BlockKey(string Period, Guid Place);

/// <summary>Where participation is counted.</summary>
/// <param name="Instrument">With its version, <c>mijn-verhaal@1.0</c>.</param>
internal readonly record struct Block(string Period, Guid Place, Guid Group, string Instrument, string Perspective)
{
    public OutcomeFamily Family => OutcomeFamily.Of(Group, Instrument, Perspective);

    public BlockKey Key => new(Period, Place);
}

/// <summary>Who was asked in one block, how it went, and in how many conversations something is marked.</summary>
/// <param name="Anonymous">Of those held: without a name.</param>
internal sealed record ParticipationCell(Block Block, int Held, int Refused, int Stopped, int NotReached, int Marked, int Anonymous)
{
    /// <summary>How many counts a cell has.</summary>
    public const int CountsOfACell = 6;

    public int Invited => Held + Refused + Stopped + NotReached;

    /// <summary>Its counts, in a fixed order.</summary>
    public int[] Counts => [Held, Refused, Stopped, NotReached, Marked, Anonymous];

    /// <param name="counts">In the order of <see cref="Counts"/>.</param>
    public static ParticipationCell Of(Block block, IReadOnlyList<int> counts) => new(block, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
}

/// <summary>Why a cell is hidden, or stays as it was; the text is what consumers see.</summary>
internal static class HiddenBecause
{
    /// <summary>Fewer people than the organisation's smallest group.</summary>
    public const string FewPeople = "few-people";

    /// <summary>It would tell a hidden neighbour by subtraction.</summary>
    public const string TellsNeighbour = "tells-neighbour";

    /// <summary>Everyone answered the same, so the figure tells each person's answer.</summary>
    public const string AllTheSame = "all-the-same";

    /// <summary>Too few people changed since it was last shown: beside the earlier figure it would tell what they answered.</summary>
    public const string FewNews = "few-news";

    /// <summary>It was hidden before and nobody changed: shown now, it would tell what was hidden then.</summary>
    public const string HiddenBefore = "hidden-before";
}
