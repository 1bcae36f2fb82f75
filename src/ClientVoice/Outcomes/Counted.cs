// One person counts once per period and perspective, with the latest finished conversation. Whether a conversation counts
// in a period follows from one day: that of the person's next one.
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>A conversation that counts, and up to where.</summary>
/// <param name="Lasts">In how many of the periods around its day it is the latest: 0 none, then month, quarter, year (and the three years that end with it), the three years that end a year later, two years later.</param>
internal sealed record CountedConversation(HeldConversation Held, int Lasts)
{
    /// <summary>Every conversation that counts somewhere, by family.</summary>
    /// <param name="leaveOutMarked">Conversations with an answer-quality mark do not count.</param>
    public static ILookup<OutcomeFamily, CountedConversation> Of(IReadOnlyList<HeldConversation> conversations, bool leaveOutMarked)
    {
        var families = new Dictionary<OutcomeFamily, OutcomeFamily>();
        return conversations
            .Where(c => c.Outcome == "finished" && c.Ended is null && !(leaveOutMarked && c.Marked))
            .GroupBy(c => (c.ClientId, c.InstrumentId, c.InstrumentVersion, c.Perspective))
            .SelectMany(person => Latest([.. person.OrderBy(c => c.HeldOn).ThenBy(c => c.EndedAt).ThenBy(c => c.Id)]))
            .ToLookup(c => One(new OutcomeFamily(c.Held.GroupId, c.Held.InstrumentId, c.Held.InstrumentVersion, c.Held.Perspective)));

        OutcomeFamily One(OutcomeFamily family) => families.TryGetValue(family, out var known) ? known : families[family] = family;
    }

    /// <summary>The periods in which it counts, of those that are there.</summary>
    public static IEnumerable<Period> Periods(DateOnly month, int lasts, IReadOnlyDictionary<string, Period> all)
    {
        return Candidates().Take(lasts switch { 0 => 0, 1 => 1, 2 => 2, 3 => 4, 4 => 5, _ => 6 }).Where(p => all.ContainsKey(p.Id));

        IEnumerable<Period> Candidates() =>
            [Period.Month(month), Period.Quarter(month), Period.Year(month), Period.ThreeYears(month.Year), Period.ThreeYears(month.Year + 1), Period.ThreeYears(month.Year + 2)];
    }

    private static IEnumerable<CountedConversation> Latest(IReadOnlyList<HeldConversation> ofOne) => ofOne.Select((c, i) =>
        new CountedConversation(c, i + 1 == ofOne.Count ? 5 : Ends(c.HeldOn).Count(end => end < ofOne[i + 1].HeldOn)));

    private static IEnumerable<DateOnly> Ends(DateOnly day)
    {
        var year = Period.Year(day).UntilOn;
        return [Period.Month(day).UntilOn, Period.Quarter(day).UntilOn, year, year.AddYears(1), year.AddYears(2)];
    }
}
