namespace ClientVoice.Outcomes;

/// <summary>How far the counting goes.</summary>
internal sealed record CountingLimits
{
    /// <summary>
    /// The most unknowns (conversations times questions that say something of each other) for which hiding is worked out exactly.
    /// The work grows with the third power: at twice as many, one cluster of questions takes minutes where it takes seconds now;
    /// at half as many, families are left to rules that could be proved. A family with more conversations is counted by what changed.
    /// </summary>
    public int MostUnknowns { get; init; } = 1_200;

    /// <summary>
    /// The most changes that are looked at one by one. Above this, counting everything is quicker; and what a run holds in memory
    /// stays small.
    /// </summary>
    public int MostChanges { get; init; } = 50_000;

    /// <summary>
    /// The most rows that are written, or taken away, in one transaction: small enough that a tablet's conversation, which waits behind it on SQLite,
    /// waits a fraction of a second.
    /// </summary>
    public int RowsTogether { get; init; } = 5_000;
}
