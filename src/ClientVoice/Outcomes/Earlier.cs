using System.Data.Common;
using ClientVoice.Conversations;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>How a cell stands in the publication before this one.</summary>
/// <param name="ShownThrough">The last change in what was shown; null where it never was.</param>
/// <param name="Why">Why no figures are shown in that publication; null where they are.</param>
/// <param name="Figures">It has a row of figures, shown or hidden.</param>
/// <param name="Options">It has rows of options.</param>
internal readonly record struct EarlierCell(long? ShownThrough, string? Why, bool Figures, bool Options);

/// <summary>The publication before this one. Hiding looks at it, and a figure that may not move yet stays as it was.</summary>
/// <param name="Number">Its number; 0 where this is the first.</param>
/// <param name="Through">The last change that is in it.</param>
internal sealed record EarlierPublication(int Number, long Through, bool LeftOutMarked)
{
    public static readonly EarlierPublication None = new(0, 0, false);

    /// <summary>On what all its cells rest; null where that is not known, and everything has to be counted.</summary>
    public string? Basis { get; init; }

    /// <summary>On what its participation rests, beside conversations.</summary>
    public string? ParticipationBasis { get; init; }

    public string? Sha256 { get; init; }

    public int Cells { get; init; }

    public int HiddenCells { get; init; }

    public int Conversations { get; init; }

    /// <summary>The newest publication that can be read.</summary>
    public static async Task<EarlierPublication> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "SELECT Number, ThroughSequence, LeftOutMarked, Basis, ParticipationBasis, Sha256, Cells, HiddenCells, Conversations FROM Publication WHERE IsCurrent = 1", transaction: transaction, cancellationToken: cancel)) is { } row
            ? new EarlierPublication(row.Number, row.ThroughSequence, row.LeftOutMarked)
            {
                Basis = row.Basis, ParticipationBasis = row.ParticipationBasis, Sha256 = row.Sha256, Cells = row.Cells, HiddenCells = row.HiddenCells, Conversations = row.Conversations,
            }
            : None;

    /// <summary>
    /// What changed up to here is in every figure that is shown, or is kept with its block. A publication from before blocks were kept
    /// has none: there it is the oldest change up to which something is shown.
    /// </summary>
    public async Task<long> KnownThroughAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel) =>
        Basis is not null || Number == 0 ? Through : await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COALESCE(MIN(ShownThrough), 0) FROM KeptCell WHERE UntilPublication >= 2147483647", transaction: transaction, commandTimeout: 600, cancellationToken: cancel));

    private sealed record Row
    {
        public int Number { get; init; }

        public long ThroughSequence { get; init; }

        public bool LeftOutMarked { get; init; }

        public string? Basis { get; init; }

        public string? ParticipationBasis { get; init; }

        public string Sha256 { get; init; } = "";

        public int Cells { get; init; }

        public int HiddenCells { get; init; }

        public int Conversations { get; init; }
    }
}
