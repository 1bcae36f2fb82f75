// Hiding looks at a million sums of cells. They are kept as numbers in three lists, not as objects: that is the difference between fifteen
// megabytes and two hundred.
using System.Runtime.InteropServices;

namespace ClientVoice.Outcomes;

/// <summary>What adds up to what among the cells of a family: smaller places to a larger one, shorter periods to a longer one, questions to a domain.</summary>
internal sealed class CellSums
{
    private readonly List<(int Total, int From, bool DifferentPeople)> sums = [];
    private readonly List<int> parts = [];

    // The sums of cell c, as total or as part, are of[first[c]] up to of[first[c + 1]].
    private readonly int[] first;
    private readonly int[] of;

    /// <param name="below">The blocks that add up to a place in a period.</param>
    /// <param name="shorter">The periods that make up a period.</param>
    /// <param name="questions">The questions of a domain.</param>
    public CellSums(IReadOnlyList<HidingCell> cells, Func<string, Guid, IEnumerable<BlockKey>> below, ILookup<string, string> shorter, ILookup<int, int> questions)
    {
        // By block and then by measure: what adds up to a block is the same for all of its measures, and there are many of them.
        var at = new Dictionary<BlockKey, Dictionary<int, int>>();
        for (var i = 0; i < cells.Count; i++)
        {
            var block = Block(cells[i]);
            if (!at.TryGetValue(block, out var measures))
            {
                at[block] = measures = [];
            }

            measures[cells[i].Measure] = i;
        }

        var smaller = new Dictionary<BlockKey, (List<Dictionary<int, int>> Places, List<Dictionary<int, int>> Periods)>();
        var asked = questions.ToDictionary(q => q.Key, q => q.ToArray());
        for (var i = 0; i < cells.Count; i++)
        {
            var (block, measure) = (Block(cells[i]), cells[i].Measure);
            if (!smaller.TryGetValue(block, out var there))
            {
                smaller[block] = there = (There(below(block.Period, block.Place)), There(shorter[block.Period].Select(period => new BlockKey(period, block.Place))));
            }

            Add(i, there.Places, measure);
            Add(i, there.Periods, measure);
            var (own, from) = (at[block], parts.Count);
            foreach (var question in asked.GetValueOrDefault(measure, []))
            {
                if (own.TryGetValue(question, out var part))
                {
                    parts.Add(part);
                }
            }

            Close(i, from, false);
        }

        (first, of) = Turned(cells.Count);

        static BlockKey Block(HidingCell cell) => new(cell.Period, cell.Place);

        List<Dictionary<int, int>> There(IEnumerable<BlockKey> blocks) => [.. blocks.Where(at.ContainsKey).Select(block => at[block])];

        void Add(int total, List<Dictionary<int, int>> blocks, int measure)
        {
            var from = parts.Count;
            foreach (var there in blocks)
            {
                if (there.TryGetValue(measure, out var part))
                {
                    parts.Add(part);
                }
            }

            Close(total, from, true);
        }

        // Nothing there is no sum.
        void Close(int total, int from, bool differentPeople)
        {
            if (parts.Count > from)
            {
                sums.Add((total, from, differentPeople));
            }
        }
    }

    public int Count => sums.Count;

    public int Total(int sum) => sums[sum].Total;

    /// <summary>Whether nobody is in two of its parts.</summary>
    public bool OfDifferentPeople(int sum) => sums[sum].DifferentPeople;

    public ReadOnlySpan<int> Parts(int sum) => CollectionsMarshal.AsSpan(parts)[sums[sum].From..(sum + 1 < sums.Count ? sums[sum + 1].From : parts.Count)];

    /// <summary>The sums that a cell is in, as total or as part, in order.</summary>
    public ReadOnlySpan<int> Of(int cell) => of.AsSpan(first[cell], first[cell + 1] - first[cell]);

    private (int[] First, int[] Of) Turned(int cells)
    {
        var from = new int[cells + 1];
        for (var sum = 0; sum < sums.Count; sum++)
        {
            from[Total(sum) + 1]++;
            foreach (var part in Parts(sum))
            {
                from[part + 1]++;
            }
        }

        for (var i = 0; i < cells; i++)
        {
            from[i + 1] += from[i];
        }

        var next = from[..cells];
        var turned = new int[from[cells]];
        for (var sum = 0; sum < sums.Count; sum++)
        {
            turned[next[Total(sum)]++] = sum;
            foreach (var part in Parts(sum))
            {
                turned[next[part]++] = sum;
            }
        }

        return (from, turned);
    }
}
