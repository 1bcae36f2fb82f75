using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;
using ClientVoice.Database;

namespace ClientVoice.Outcomes;

/// <summary>What one run works with: everything of one moment, while tablets go on sending.</summary>
internal sealed class AggregationRun
{
    // Part of the basis: where the counting itself changes, a new number has everything counted again.
    private const int Counting = 4;

    private const int UsualSmallest = 5;

    private readonly Lazy<ILookup<string, string>> parts;
    private readonly Lazy<ILookup<string, string>> totals;

    public AggregationRun(IReadOnlyList<Place> places, IReadOnlyList<PlaceMove> moves, IReadOnlyList<Period> periods, IReadOnlyDictionary<string, MeasureSheet> sheets)
    {
        Places = places;
        Sheets = sheets;
        Periods = periods.ToDictionary(p => p.Id);
        Tree = new PlacesOverTime(places, moves);
        parts = new(() => periods.SelectMany(p => p.Parts().Select(part => (p.Id, part))).ToLookup(x => x.Id, x => x.part));
        totals = new(() => periods.SelectMany(p => p.Parts().Select(part => (p.Id, part))).ToLookup(x => x.part, x => x.Id));
    }

    public required CountingLimits Limits { get; init; }

    public required SqlDialect Dialect { get; init; }

    public required DbConnection Reading { get; init; }

    public required DbTransaction Snapshot { get; init; }

    public required OutcomeFacts Facts { get; init; }

    public required KeptRows Kept { get; init; }

    public required bool LeaveOutMarked { get; init; }

    public required DateOnly Today { get; init; }

    public required PublicationMoment Moment { get; init; }

    /// <summary>The versions that were corrected or erased.</summary>
    public required IReadOnlyList<HeldConversation> Former { get; init; }

    /// <summary>What changed up to here is in every figure shown, or kept with its block.</summary>
    public required long KnownThrough { get; init; }

    public IReadOnlyList<Place> Places { get; }

    public IReadOnlyDictionary<string, Period> Periods { get; }

    /// <summary>What each place was below on a day.</summary>
    public PlacesOverTime Tree { get; }

    public IReadOnlyDictionary<string, MeasureSheet> Sheets { get; }

    public int Smallest => SmallestOf(Places);

    /// <param name="sheet">Whose questions make up its domains; null where there are no measures.</param>
    public Disclosure Disclosure(MeasureSheet? sheet) => new(
        Below, parts.Value, (sheet?.All ?? []).SelectMany(m => m.Parts.Select(part => (m.Index, part))).ToLookup(x => x.Index, x => x.part), Smallest);

    /// <summary>The blocks that are in one sum with any of these, themselves included: larger and smaller places, longer and shorter periods.</summary>
    public HashSet<BlockKey> WithNeighbours(IEnumerable<BlockKey> blocks)
    {
        var all = new HashSet<BlockKey>();
        foreach (var (period, place) in blocks)
        {
            all.Add(new BlockKey(period, place));
            all.UnionWith(Below(period, place));
            all.UnionWith(parts.Value[period].Select(p => new BlockKey(p, place)));
            foreach (var parent in Tree.ParentsEver(place))
            {
                // A place that moved within a longer period is in the larger place's sum of that one with its months.
                foreach (var total in Longer(period).Prepend(period))
                {
                    List<BlockKey> sum = [.. Below(total, parent)];
                    if (sum.Contains(new BlockKey(period, place)))
                    {
                        all.Add(new BlockKey(total, parent));
                        all.UnionWith(sum);
                    }
                }
            }

            foreach (var total in totals.Value[period])
            {
                all.Add(new BlockKey(total, place));
                all.UnionWith(parts.Value[total].Select(p => new BlockKey(p, place)));
            }
        }

        return all;
    }

    /// <summary>The blocks that add up to a place in a period: those right below it, and of one that moved within the period the parts of it in which it was there.</summary>
    public IEnumerable<BlockKey> Below(string period, Guid place)
    {
        var of = Periods[period];
        return Tree.IsOneTree(of.FromOn, of.UntilOn)
            ? Tree.Below(place, of.FromOn).Select(child => new BlockKey(period, child))
            : Tree.ChildrenEver(place).SelectMany(child => While(period, child, place));
    }

    private IEnumerable<BlockKey> While(string period, Guid child, Guid place)
    {
        if (!Periods.TryGetValue(period, out var of))
        {
            return [];
        }

        // Changes begin with a month: in the end there is one answer.
        return Tree.IsOneTree(of.FromOn, of.UntilOn) || Always(of)
            ? (Tree.Below(place, of.FromOn).Contains(child) ? [new BlockKey(period, child)] : [])
            : parts.Value[period].SelectMany(part => While(part, child, place));

        bool Always(Period span) => Tree.Moves.All(m => m.PlaceId != child || m.CountsFrom <= span.FromOn || m.CountsFrom > span.UntilOn);
    }

    private IEnumerable<string> Longer(string period) => Tree.Moves.Count == 0 ? [] : totals.Value[period].SelectMany(total => Longer(total).Prepend(total));

    /// <summary>On what all cells rest beside conversations; another one has everything counted again.</summary>
    public static string BasisOf(IReadOnlyList<Place> places, IReadOnlyList<PlaceMove> moves, IReadOnlyDictionary<string, MeasureSheet> sheets, bool leaveOutMarked, DateOnly today) => HashOf(
    [
        Counting, today.Year, leaveOutMarked, SmallestOf(places),
        .. places.OrderBy(p => p.Id).Select(p => (object)$"{p.Id} {p.ParentId}"), .. moves.Select(m => $"{m.PlaceId} {m.FromParentId} {m.ToParentId} {m.CountsFrom.DayNumber}"), .. sheets.Keys.Order(StringComparer.Ordinal),
    ]);

    /// <summary>On what participation rests beside conversations: who was in support where, who was to be asked what, and the day.</summary>
    /// <param name="presences">Of who was in support where (<see cref="ClientPresences.DigestAsync"/>).</param>
    public static string ParticipationBasisOf(DateOnly today, DateOnly? first, IReadOnlyList<AskedChoice> choices, string presences) =>
        HashOf([today, first?.DayNumber ?? -1, presences, .. choices.Select(c => c.ToString()).Order(StringComparer.Ordinal)]);

    /// <summary>The finished conversations of the people of a family, in every group, versions that do not stand any more among them.</summary>
    public async Task<IReadOnlyList<HeldConversation>> PeopleInAsync(OutcomeFamily family, CancellationToken cancel)
    {
        var standing = await Facts.OfPeopleInAsync(family, cancel);
        var former = Former.Where(c => c.InstrumentId == family.InstrumentId && c.InstrumentVersion == family.Version && c.Perspective == family.Perspective && c.Outcome == "finished").ToList();
        if (former.Count == 0)
        {
            return standing;
        }

        // Who was in this family only with what was erased can still be in another one with what stands.
        var people = standing.Select(c => c.ClientId).ToHashSet();
        var others = former.Where(c => c.GroupId == family.Group && !people.Contains(c.ClientId)).Select(c => c.ClientId).ToHashSet();
        var theirs = await Facts.OfPeopleAsync(others, family.InstrumentId, family.Perspective, cancel);
        people.UnionWith(others);
        return [.. standing, .. theirs.Where(c => c.InstrumentVersion == family.Version && c.Outcome == "finished"), .. former.Where(c => people.Contains(c.ClientId))];
    }

    /// <summary>Whether a change to this conversation can have moved a figure: it counted in the publication before, or counts now.</summary>
    public bool IsNews(HeldConversation conversation) => conversation.Ended is null
        ? conversation.Touched || !(LeaveOutMarked && conversation.Marked)
        : conversation.StoodAt(Moment.Before.Through) && !(Moment.Before.LeftOutMarked && conversation.Marked);

    private static int SmallestOf(IReadOnlyList<Place> places) => Math.Max(Outcomes.Disclosure.Least, places.FirstOrDefault(p => p.ParentId is null)?.SmallestGroup ?? UsualSmallest);

    private static string HashOf(object[] parts) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
}
