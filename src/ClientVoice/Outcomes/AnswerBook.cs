// Who answered what, without the answers: from this every sum that was ever shown can be written as a sum of answers of
// single people, as it was on the day it was shown. Kept in memory, for one family at a time.
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>A cell as it was counted at some moment.</summary>
/// <param name="Through">The last change that was in it.</param>
/// <param name="LeftOutMarked">Marked conversations did not count then.</param>
/// <param name="Shown">Its figures were shown; otherwise it was hidden for its own sake.</param>
internal readonly record struct CountedCell(string Period, Guid Place, int Measure, long Through, bool LeftOutMarked, bool Shown);

/// <summary>The conversations of one family and, for each, which measures it has.</summary>
internal sealed class AnswerBook
{
    /// <summary>More measures than this do not fit a mask.</summary>
    public const int MostMeasures = 64;

    private readonly OutcomeFamily family;
    private readonly MeasureSheet sheet;
    private readonly IReadOnlyDictionary<string, Period> periods;
    private readonly PlacesOverTime places;
    private readonly IReadOnlyList<IReadOnlyList<HeldConversation>> people;
    private readonly Dictionary<Guid, int> at;
    private readonly ulong[] has;
    private readonly ulong[] scored;
    private readonly Dictionary<(string, long, bool), IReadOnlyList<HeldConversation>> counted = [];

    /// <param name="conversations">The finished ones of this instrument and perspective, of every group: somebody who moves counts in one of them.</param>
    public AnswerBook(OutcomeFamily family, MeasureSheet sheet, IEnumerable<HeldConversation> conversations, IReadOnlyDictionary<string, Period> periods, PlacesOverTime places)
    {
        this.family = family;
        this.sheet = sheet;
        this.periods = periods;
        this.places = places;
        people = [.. conversations.GroupBy(c => c.ClientId).Select(g => (IReadOnlyList<HeldConversation>)[.. g.OrderBy(c => c.HeldOn).ThenBy(c => c.EndedAt).ThenBy(c => c.Id)])];
        at = people.SelectMany(p => p).Where(c => c.GroupId == family.Group).Select((c, i) => (c.Id, i)).ToDictionary(x => x.Id, x => x.i);
        has = new ulong[at.Count];
        scored = new ulong[at.Count];
        foreach (var former in people.SelectMany(p => p).Where(c => c.Had is not null && at.ContainsKey(c.Id)))
        {
            Had(at[former.Id], former.Had!);
        }
    }

    public int Conversations => at.Count;

    /// <summary>Notes which questions a conversation answered, and so which shared areas it has.</summary>
    public void Answers(IReadOnlyList<GivenAnswer> answers)
    {
        if (!at.TryGetValue(answers[0].ConversationId, out var index))
        {
            return;
        }

        foreach (var answer in answers.Where(a => !a.PassedOver && a.Position == 0 && (a.OptionCode is not null || a.Score is not null)))
        {
            if (sheet.Question(answer.QuestionId) is { } measure)
            {
                has[index] |= Bit(measure.Index);
                scored[index] |= answer.Score is null ? 0 : Bit(measure.Index);
            }
        }

        Areas(index);
    }

    private void Areas(int index)
    {
        foreach (var area in sheet.SharedDomain.Where(area => FamilyCount.HasArea(area.Parts.Count(part => (scored[index] & Bit(part)) != 0), area.Parts.Count)))
        {
            has[index] |= Bit(area.Index);
        }
    }

    // A version that was corrected or erased: its answers are gone, but sums that were shown had them in.
    private void Had(int index, FormerAnswers had)
    {
        foreach (var measure in sheet.All.Where(m => m.Kind == MeasureKinds.Question && had.Answered.Contains(m.Code)))
        {
            has[index] |= Bit(measure.Index);
            scored[index] |= had.Scored.Contains(measure.Code) ? Bit(measure.Index) : 0;
        }

        foreach (var measure in sheet.All.Where(m => m.Kind == MeasureKinds.Domain && had.Domains.Contains(m.Code)))
        {
            has[index] |= Bit(measure.Index);
        }

        Areas(index);
    }

    /// <summary>Notes that a conversation has a score for a domain.</summary>
    public void Domain(GivenDomain domain)
    {
        if (at.TryGetValue(domain.ConversationId, out var index) && sheet.Domain(domain.DomainId) is { } measure)
        {
            has[index] |= Bit(measure.Index);
        }
    }

    /// <summary>What a cell showed, as sums of single answers; an unknown is a conversation's answer to one question.</summary>
    /// <param name="questions">The questions among the unknowns, by their place in the sheet.</param>
    public IEnumerable<IReadOnlyList<(int Unknown, long Factor)>> Sums(CountedCell cell, List<int> questions)
    {
        var measure = sheet.All[cell.Measure];
        var inCell = Counted(cell.Period, cell.Through, cell.LeftOutMarked).Where(c => places.Above(c.PlaceId, c.HeldOn).Contains(cell.Place)).Select(c => at[c.Id]).Where(i => (has[i] & Bit(measure.Index)) != 0).ToList();
        if (measure.Kind != MeasureKinds.Question)
        {
            yield return [.. inCell.SelectMany(i => Parts(i, measure, questions))];
            yield break;
        }

        var question = questions.IndexOf(measure.Index);
        yield return [.. inCell.Select(i => ((i * questions.Count) + question, 1L))];
        // Some answers have no score: how many gave an answer and what the scores add up to are two sums.
        if (inCell.Exists(i => (scored[i] & Bit(measure.Index)) == 0))
        {
            yield return [.. inCell.Where(i => (scored[i] & Bit(measure.Index)) != 0).Select(i => ((i * questions.Count) + question, 1L))];
        }
    }

    private IEnumerable<(int, long)> Parts(int index, Measure measure, List<int> questions)
    {
        var parts = measure.Parts.Where(part => (scored[index] & Bit(part)) != 0).Select(part => (part, Weight: Weight(measure, part))).ToList();
        var all = KnownSums.Inverse(parts.Sum(p => p.Weight));
        return parts.Select(p => ((index * questions.Count) + questions.IndexOf(p.part), p.Weight * all % KnownSums.Prime));
    }

    // A weight in thousandths: whole, as everything here.
    private long Weight(Measure measure, int part) => measure.Kind == MeasureKinds.Shared
        ? 1
        : (long)Math.Round(sheet.Instrument.Rules[measure.Index].Questions.First(q => q.QuestionId == sheet.All[part].Code).Weight * 1000);

    private IReadOnlyList<HeldConversation> Counted(string periodId, long through, bool leftOutMarked)
    {
        if (counted.TryGetValue((periodId, through, leftOutMarked), out var known))
        {
            return known;
        }

        return counted[(periodId, through, leftOutMarked)] = periods.TryGetValue(periodId, out var period)
            ? [.. people.Select(Latest).OfType<HeldConversation>().Where(c => c.GroupId == family.Group)]
            : [];

        HeldConversation? Latest(IReadOnlyList<HeldConversation> ofOne) =>
            ofOne.LastOrDefault(c => c.HeldOn >= period.FromOn && c.HeldOn <= period.UntilOn && c.StoodAt(through) && !(leftOutMarked && c.Marked));
    }

    private static ulong Bit(int measure) => 1UL << measure;
}
