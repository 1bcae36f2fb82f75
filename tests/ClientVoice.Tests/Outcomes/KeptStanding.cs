// A run that counts what changed takes from one value how the cells of a block stand, and does not look at their rows. So that value must say
// what the rows say, always.
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

internal static class KeptStanding
{
    /// <summary>The cells of which it is kept that they stand otherwise than their rows do.</summary>
    public static async Task<IReadOnlyList<string>> UnlikeRowsAsync(IDatabase database, IReadOnlyDictionary<string, MeasureSheet> sheets, IReadOnlyList<Guid> places)
    {
        await using var connection = await database.OpenAsync(default);
        await using var moment = await database.BeginReadAsync(connection, default);
        var rows = new KeptRows(connection, moment, new BlockNumbers(connection, moment));
        var unlike = new List<string>();
        foreach (var family in await rows.FamiliesAsync(default))
        {
            var sheet = sheets[family.Instrument];
            var stand = await rows.CellsAsync(family, sheet, default);
            foreach (var place in places)
            {
                foreach (var row in await rows.BlocksAsync(CountedBlock.AboutOutcomes, family, place, null, default))
                {
                    var block = CountedBlock.Of(row);
                    var kept = CountedBlock.ReadStanding((byte[])row.Values[CountedBlock.StandingAt]!, sheet.All.Count);
                    stand.Remove(block, out var there);
                    unlike.AddRange(sheet.All.Where(m => kept[m.Index] != there?[m.Index]).Select(m => $"{family} {block} {m.Id}: kept as {kept[m.Index]}, stands as {there?[m.Index]}"));
                }
            }

            unlike.AddRange(stand.Keys.Select(block => $"{family} {block}: has rows, and nothing is kept"));
        }

        return unlike;
    }
}
