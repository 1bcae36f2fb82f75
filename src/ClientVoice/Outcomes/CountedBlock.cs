namespace ClientVoice.Outcomes;

/// <summary>How the counts of one period and place are kept, before hiding.</summary>
internal static class CountedBlock
{
    /// <summary>What blocks of measures are called in <see cref="KeptTable.Blocks"/>.</summary>
    public const string AboutOutcomes = "outcomes";

    /// <summary>What blocks of participation are called there.</summary>
    public const string AboutParticipation = "participation";

    public static readonly int CountedAt = KeptTable.At(KeptTable.Blocks.Columns, "Counted");
    public static readonly int NewsAt = KeptTable.At(KeptTable.Blocks.Columns, "News");
    public static readonly int StandingAt = KeptTable.At(KeptTable.Blocks.Columns, "Standing");

    private const int HasFigures = 64;
    private const int HasOptions = 128;

    // Kept as their place in this list: what is added comes last.
    private static readonly string?[] Reasons = [null, HiddenBecause.FewPeople, HiddenBecause.TellsNeighbour, HiddenBecause.AllTheSame, HiddenBecause.FewNews, HiddenBecause.HiddenBefore];

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

    /// <summary>How the cells of a block stand.</summary>
    /// <param name="standing">By measure; null where there is no row.</param>
    public static byte[] Write(IReadOnlyList<EarlierCell?> standing)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        for (var i = 0; i < standing.Count; i++)
        {
            if (standing[i] is { } cell)
            {
                to.Write7BitEncodedInt(i + 1);
                to.Write((byte)(Array.IndexOf(Reasons, cell.Why) + (cell.Figures ? HasFigures : 0) + (cell.Options ? HasOptions : 0)));
                to.Write7BitEncodedInt64(cell.ShownThrough + 1 ?? 0);
            }
        }

        to.Write7BitEncodedInt(0);
        to.Flush();
        return bytes.ToArray();
    }

    /// <param name="measures">How many the sheet has.</param>
    public static EarlierCell?[] ReadStanding(byte[] kept, int measures)
    {
        using var from = new BinaryReader(new MemoryStream(kept));
        var standing = new EarlierCell?[measures];
        for (var i = from.Read7BitEncodedInt(); i > 0; i = from.Read7BitEncodedInt())
        {
            var how = from.ReadByte();
            standing[i - 1] = new EarlierCell(
                from.Read7BitEncodedInt64() is var through and > 0 ? through - 1 : null, Reasons[how & ~(HasFigures | HasOptions)], (how & HasFigures) != 0, (how & HasOptions) != 0);
        }

        return standing;
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
