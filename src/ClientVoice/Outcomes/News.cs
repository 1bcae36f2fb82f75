// Who changed behind which figures since these were last shown. Two figures of one cell, laid beside each other, tell the
// answers of those who came in between: so a figure moves only when several did. Kept with the block, and short: once
// several changed the figure moves, and they are forgotten.
namespace ClientVoice.Outcomes;

/// <summary>The people who changed in each block of one family. Holds ids in memory, shows numbers only.</summary>
internal sealed class News
{
    private static readonly Dictionary<Guid, long> Nobody = [];

    private readonly Dictionary<BlockKey, Dictionary<Guid, long>> people = [];

    /// <summary>How many people changed in a block after that change.</summary>
    public int Since(BlockKey block, long through)
    {
        var count = 0;
        foreach (var (_, at) in people.GetValueOrDefault(block, Nobody))
        {
            count += at > through ? 1 : 0;
        }

        return count;
    }

    /// <summary>Notes who changed in each block, and at which change last.</summary>
    public void Add(IReadOnlyDictionary<BlockKey, Dictionary<Guid, long>> changed)
    {
        foreach (var (block, there) in changed)
        {
            Add(block, there);
        }
    }

    private void Add(BlockKey block, IReadOnlyDictionary<Guid, long> changed)
    {
        if (!people.TryGetValue(block, out var there))
        {
            people[block] = there = [];
        }

        foreach (var (person, at) in changed)
        {
            there[person] = Math.Max(there.GetValueOrDefault(person), at);
        }
    }

    /// <summary>Notes what was kept of a block.</summary>
    public void Read(BlockKey block, byte[] kept)
    {
        if (kept.Length == 0)
        {
            return;
        }

        using var from = new BinaryReader(new MemoryStream(kept));
        var there = new Dictionary<Guid, long>();
        for (var left = from.Read7BitEncodedInt(); left > 0; left--)
        {
            there[new Guid(from.ReadBytes(16))] = from.Read7BitEncodedInt64();
        }

        Add(block, there);
    }

    /// <summary>What is to be kept of a block: who changed after the oldest figure that is shown in it.</summary>
    /// <param name="oldestShown">The last change in that figure; null where none was ever shown.</param>
    public byte[] Write(BlockKey block, long? oldestShown)
    {
        var later = people.GetValueOrDefault(block, Nobody).Where(p => p.Value > oldestShown).OrderBy(p => p.Key).ToList();
        if (later.Count == 0)
        {
            return [];
        }

        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        to.Write7BitEncodedInt(later.Count);
        foreach (var (person, at) in later)
        {
            to.Write(person.ToByteArray());
            to.Write7BitEncodedInt64(at);
        }

        to.Flush();
        return bytes.ToArray();
    }
}
