// Counts one family. First per place and month, once for each answer; then those small sums are added up to larger places
// and longer periods. So the cost of a conversation does not grow with the number of levels, and nothing is counted twice
// in two ways.
using ClientVoice.Clients.Places;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>Counts the answers of one family. Pure: reads no clock and no database.</summary>
internal sealed class FamilyCount(MeasureSheet sheet)
{
    // At most half of an area's questions may be without a score; with fewer it is somebody's view of something else.
    private const double LeastShare = 0.5;

    private readonly Dictionary<(Guid Place, DateOnly Month, int Lasts), Tally?[]> leaves = [];

    // Of one conversation at a time.
    private readonly Dictionary<int, double?> scores = [];

    /// <summary>Whether somebody who gave so many scored answers of so many has a score for the area.</summary>
    public static bool HasArea(int given, int asked) => given > 0 && given >= asked * LeastShare;

    /// <summary>Counts the answers of one conversation.</summary>
    public void Answers(CountedConversation conversation, IReadOnlyList<GivenAnswer> answers)
    {
        var leaf = Leaf(conversation);
        scores.Clear();
        foreach (var answer in answers)
        {
            if (sheet.Question(answer.QuestionId) is { } measure)
            {
                Answer(At(leaf, measure.Index), measure, answer);
            }
        }

        foreach (var answer in answers.Where(a => a.OptionCode == "change"))
        {
            if (sheet.Question(answer.QuestionId) is { Question.WishOf: { } about } && sheet.Question(about) is { } measure && scores.TryGetValue(measure.Index, out var score))
            {
                At(leaf, measure.Index).Wish(score);
            }
        }

        foreach (var area in sheet.SharedDomain)
        {
            Area(leaf, area);
        }
    }

    /// <summary>Counts the score of one domain of one conversation.</summary>
    public void Domain(CountedConversation conversation, GivenDomain domain)
    {
        if (sheet.Domain(domain.DomainId) is { } measure)
        {
            At(Leaf(conversation), measure.Index).Answer(domain.Score);
        }
    }

    /// <summary>What one conversation adds, by measure; null where it adds nothing.</summary>
    public static IReadOnlyList<Tally?> One(MeasureSheet sheet, CountedConversation conversation, IReadOnlyList<GivenAnswer> answers, IEnumerable<GivenDomain> domains)
    {
        var count = new FamilyCount(sheet);
        count.Answers(conversation, answers);
        foreach (var domain in domains)
        {
            count.Domain(conversation, domain);
        }

        return count.leaves.Values.Single();
    }

    /// <summary>What is counted in every period and place that somebody is in, larger ones included; by measure, null where there is nothing.</summary>
    /// <param name="places">What each place was below on a day.</param>
    public Dictionary<BlockKey, Tally?[]> Blocks(IReadOnlyDictionary<string, Period> periods, PlacesOverTime places)
    {
        var blocks = new Dictionary<BlockKey, Tally?[]>();
        foreach (var (leaf, tallies) in leaves)
        {
            foreach (var period in CountedConversation.Periods(leaf.Month, leaf.Lasts, periods))
            {
                foreach (var place in places.Above(leaf.Place, leaf.Month))
                {
                    Add(blocks, new BlockKey(period.Id, place), tallies);
                }
            }
        }

        return blocks;
    }

    /// <summary>Adds one tally for each measure to a block, or takes them away.</summary>
    /// <param name="times">1 or -1.</param>
    public static void Add(Dictionary<BlockKey, Tally?[]> blocks, BlockKey key, IReadOnlyList<Tally?> more, int times = 1)
    {
        if (!blocks.TryGetValue(key, out var block))
        {
            blocks[key] = block = new Tally?[more.Count];
        }

        for (var i = 0; i < more.Count; i++)
        {
            if (more[i] is { } tally)
            {
                (block[i] ??= new Tally()).Add(tally, times);
                block[i] = block[i]!.IsEmpty ? null : block[i];
            }
        }
    }

    private void Answer(Tally tally, Measure measure, GivenAnswer answer)
    {
        if (answer.PassedOver)
        {
            tally.Pass();
            return;
        }

        // Several options of one question are rows 0, 1, 2; the person is counted at the first.
        if (answer.Position == 0 && (answer.OptionCode is not null || answer.Score is not null))
        {
            tally.Answer(answer.Score);
            scores[measure.Index] = answer.Score;
        }

        var position = answer.OptionCode is null ? -1 : measure.Position(answer.OptionCode);
        if (position >= 0)
        {
            tally.Option(position, measure.Question!.Options.Count);
        }
    }

    private void Area(Tally?[] leaf, Measure area)
    {
        var given = 0;
        var sum = 0.0;
        foreach (var part in area.Parts)
        {
            if (scores.TryGetValue(part, out var score) && score is { } value)
            {
                given++;
                sum += value;
            }
        }

        if (HasArea(given, area.Parts.Count))
        {
            At(leaf, area.Index).Answer(sum / given);
        }
    }

    private Tally?[] Leaf(CountedConversation conversation)
    {
        var held = conversation.Held;
        var key = (held.PlaceId, new DateOnly(held.HeldOn.Year, held.HeldOn.Month, 1), conversation.Lasts);
        return leaves.TryGetValue(key, out var leaf) ? leaf : leaves[key] = new Tally?[sheet.All.Count];
    }

    private static Tally At(Tally?[] leaf, int index) => leaf[index] ??= new Tally();
}
