using ClientVoice.Clients.Places;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>What became of the agreements in one period and place, within one family. A period is that of the conversation in which they were made.</summary>
/// <param name="People">With at least one agreement.</param>
/// <param name="ToldBack">Of which the client was told what became of them.</param>
internal sealed record FollowUpCell(BlockKey Block, int People, int Made, int Done, int NotDone, int ToldBack)
{
    public int StillOpen => Made - Done - NotDone;
}

/// <summary>Counts what became of agreements. Pure.</summary>
/// <param name="periods">Every period that can have some.</param>
/// <param name="places">What each place was below on a day.</param>
internal sealed class FollowUp(IReadOnlyDictionary<string, Period> periods, PlacesOverTime places)
{
    private const int Made = 0;
    private const int Done = 1;
    private const int NotDone = 2;
    private const int ToldBack = 3;

    private readonly Dictionary<BlockKey, (int[] Counts, HashSet<Guid> People)> blocks = [];

    /// <summary>The blocks that something which happened on a day in a place counts in.</summary>
    public IEnumerable<BlockKey> BlocksOf(DateOnly heldOn, Guid place) =>
        CountedConversation.Periods(heldOn, 5, periods).SelectMany(period => places.Above(place, heldOn), (period, at) => new BlockKey(period.Id, at));

    public void Add(FollowedAgreement agreement)
    {
        foreach (var block in BlocksOf(agreement.HeldOn, agreement.PlaceId))
        {
            if (!blocks.TryGetValue(block, out var at))
            {
                blocks[block] = at = (new int[4], []);
            }

            at.People.Add(agreement.ClientId);
            at.Counts[Made]++;
            at.Counts[Done] += agreement.Done ? 1 : 0;
            at.Counts[NotDone] += agreement.NotDone ? 1 : 0;
            at.Counts[ToldBack] += agreement.ToldBack ? 1 : 0;
        }
    }

    /// <summary>What was counted, in order.</summary>
    public IReadOnlyList<FollowUpCell> Cells() =>
        [.. blocks.OrderBy(b => b.Key.Period, StringComparer.Ordinal).ThenBy(b => b.Key.Place)
            .Select(b => new FollowUpCell(b.Key, b.Value.People.Count, b.Value.Counts[Made], b.Value.Counts[Done], b.Value.Counts[NotDone], b.Value.Counts[ToldBack]))];
}
