// Cells before hiding. A cell never leaves this room; what leaves is a row of a publication.
namespace ClientVoice.Outcomes;

/// <summary>The figures of one measure in one period and place, within one family.</summary>
internal sealed record OutcomeCell(string Period, Guid Place, Measure Measure, Tally Tally);

/// <summary>Where participation is counted.</summary>
/// <param name="Instrument">With its version, <c>mijn-verhaal@1.0</c>.</param>
internal readonly record struct Block(string Period, Guid Place, Guid Group, string Instrument, string Perspective);

/// <summary>Who was asked in one block, how it went, and in how many conversations something is marked.</summary>
internal sealed record ParticipationCell(Block Block, int Held, int Refused, int Stopped, int NotReached, int Marked)
{
    public int Invited => Held + Refused + Stopped + NotReached;
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
