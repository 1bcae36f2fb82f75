namespace ClientVoice.Outcomes;

/// <summary>How the counts of one period and place are kept, before hiding.</summary>
internal static class CountedBlock
{
    /// <summary>What blocks of measures are called in <see cref="KeptTable.Blocks"/>.</summary>
    public const string AboutOutcomes = "outcomes";

    /// <summary>What blocks of participation are called there.</summary>
    public const string AboutParticipation = "participation";

    public static readonly int AboutAt = KeptTable.At(KeptTable.Blocks.Columns, "About");
    public static readonly int CountedAt = KeptTable.At(KeptTable.Blocks.Columns, "Counted");
    public static readonly int NewsAt = KeptTable.At(KeptTable.Blocks.Columns, "News");

    /// <summary>The period and place of a row of any kept table.</summary>
    public static BlockKey Of(KeptRow row) => new((string)row.Values[0]!, (Guid)row.Values[1]!);

    public static byte[] Write(IReadOnlyList<Tally?> tallies)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        for (var i = 0; i < tallies.Count; i++)
        {
            if (tallies[i] is { } tally)
            {
                to.Write7BitEncodedInt(i + 1);
                tally.Write(to);
            }
        }

        to.Write7BitEncodedInt(0);
        to.Flush();
        return bytes.ToArray();
    }

    /// <param name="measures">How many the sheet has.</param>
    public static Tally?[] Read(byte[] kept, int measures)
    {
        using var from = new BinaryReader(new MemoryStream(kept));
        var tallies = new Tally?[measures];
        for (var i = from.Read7BitEncodedInt(); i > 0; i = from.Read7BitEncodedInt())
        {
            tallies[i - 1] = Tally.Read(from);
        }

        return tallies;
    }

    public static byte[] Write(IReadOnlyList<int> counts)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        foreach (var count in counts)
        {
            to.Write7BitEncodedInt(count);
        }

        to.Flush();
        return bytes.ToArray();
    }

    public static int[] ReadCounts(byte[] kept, int length)
    {
        using var from = new BinaryReader(new MemoryStream(kept));
        return [.. Enumerable.Range(0, length).Select(_ => from.Read7BitEncodedInt())];
    }
}
