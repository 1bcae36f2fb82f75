// A row of a publication says which block it is of with one number: what a block is (OutcomeBlock) is written once, and not with each of the
// sixty rows that it has.
using System.Data.Common;
using ClientVoice.Conversations;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>The numbers of a family's blocks.</summary>
internal sealed class FamilyBlocks
{
    private readonly Dictionary<BlockKey, int> numbers = [];
    private readonly Dictionary<int, (string Period, object Place)> keys = [];

    /// <summary>The period and the place (a <see cref="Guid"/>, boxed once) of a number.</summary>
    public (string Period, object Place) this[int number] => keys[number];

    public bool TryGetNumber(BlockKey block, out int number) => numbers.TryGetValue(block, out number);

    public void Add(BlockKey block, int number)
    {
        numbers.Add(block, number);
        keys.Add(number, (block.Period, block.Place));
    }
}

/// <summary>The numbers of blocks, read family by family as they are asked for; a block that has none gets the next.</summary>
internal sealed class BlockNumbers(DbConnection connection, DbTransaction transaction)
{
    public static readonly string[] Columns = ["Id", "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective"];

    private readonly Dictionary<OutcomeFamily, FamilyBlocks> families = [];
    private List<object?[]> added = [];
    private int last = -1;

    /// <summary>The blocks of a family that have a number.</summary>
    public async Task<FamilyBlocks> OfAsync(OutcomeFamily family, CancellationToken cancel)
    {
        if (families.TryGetValue(family, out var known))
        {
            return known;
        }

        var blocks = families[family] = new FamilyBlocks();
        using var rows = await ManyRows.OfAsync(connection, new CommandDefinition(
            "SELECT Id, PeriodId, PlaceId FROM OutcomeBlock WHERE ClientGroupId = @Group AND InstrumentId = @Instrument AND Perspective = @Perspective",
            new { family.Group, family.Instrument, family.Perspective }, transaction, 600, cancellationToken: cancel));
        while (await rows.ReadAsync(cancel))
        {
            blocks.Add(new BlockKey(string.Intern(rows.Text(1)), rows.Id(2)), (int)rows.Whole(0));
        }

        return blocks;
    }

    /// <summary>The number of the block that a row is of.</summary>
    /// <param name="row">Begins with period, place, group, instrument and perspective.</param>
    public async ValueTask<int> NumberAsync(object?[] row, CancellationToken cancel)
    {
        var blocks = await OfAsync(OutcomeFamily.Of((Guid)row[2]!, (string)row[3]!, (string)row[4]!), cancel);
        var block = new BlockKey((string)row[0]!, (Guid)row[1]!);
        if (!blocks.TryGetNumber(block, out var number))
        {
            last = last >= 0 ? last : await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COALESCE(MAX(Id), 0) FROM OutcomeBlock", null, transaction, cancellationToken: cancel));
            blocks.Add(block, number = ++last);
            added.Add([number, .. row[..5]]);
        }

        return number;
    }

    /// <summary>Those that got a number since this was last asked, as rows: to be written before the rows that are of them.</summary>
    public IReadOnlyList<object?[]> TakeAdded()
    {
        var some = added;
        added = [];
        return some;
    }
}
