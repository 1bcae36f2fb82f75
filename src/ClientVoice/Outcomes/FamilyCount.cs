// Counts one family. First per place and month, once for each answer; then those small sums are added up to larger places
// and longer periods. So the cost of a conversation does not grow with the number of levels, and nothing is counted twice
// in two ways.
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

    /// <summary>Every cell that somebody is in: each period and each place, larger ones included.</summary>
    /// <param name="ancestors">Of each place, itself included.</param>
    public IReadOnlyList<OutcomeCell> Cells(IReadOnlyDictionary<string, Period> periods, ILookup<Guid, Guid> ancestors)
    {
        var cells = new Dictionary<(string Period, Guid Place), Tally?[]>();
        foreach (var (leaf, tallies) in leaves)
        {
            foreach (var period in CountedConversation.Periods(leaf.Month, leaf.Lasts, periods))
            {
                foreach (var place in ancestors[leaf.Place])
                {
                    Add(cells, (period.Id, place), tallies);
                }
            }
        }

        return [.. cells.SelectMany(cell => cell.Value.Select((tally, i) => (tally, i)).Where(x => x.tally is not null)
            .Select(x => new OutcomeCell(cell.Key.Period, cell.Key.Place, sheet.All[x.i], x.tally!)))];
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

    private static void Add(Dictionary<(string, Guid), Tally?[]> cells, (string, Guid) key, Tally?[] more)
    {
        if (!cells.TryGetValue(key, out var cell))
        {
            cells[key] = cell = new Tally?[more.Length];
        }

        for (var i = 0; i < more.Length; i++)
        {
            if (more[i] is { } tally)
            {
                (cell[i] ??= new Tally()).Add(tally);
            }
        }
    }
}
