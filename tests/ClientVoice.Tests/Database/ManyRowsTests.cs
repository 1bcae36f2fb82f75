using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Database;

/// <summary>What is written many at a time, and read many at a time, is what it was.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class ManyRowsTests(string kind)
{
    private static readonly string[] Blocks = ["Id", "PeriodId", "PlaceId", "ClientGroupId", "InstrumentId", "Perspective"];
    private static readonly string[] Counts = ["Id", "FromPublication", "UntilPublication", "BlockId", "About", "Counted", "News", "Standing"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public async Task MigrateAsync()
    {
        folder = new TemporaryFolder(kind);
        await folder.Migrator().RunAsync(default);
    }

    [TearDown]
    public void Forget() => folder.Dispose();

    [Test]
    public async Task WhatIsWrittenIsReadAgain()
    {
        var (place, group) = (Guid.NewGuid(), Guid.NewGuid());
        object?[][] blocks =
        [
            [1, "2026", place, group, "één'; DROP TABLE Client --", "client"], [2, "2026-Q1", place, Guid.Empty, "één'; DROP TABLE Client --", "observer"], [3, "2026", group, group, "x", "client"],
        ];
        object?[][] counts =
        [
            [1L, 1, int.MaxValue, 1, "outcomes", new byte[] { 1, 2, 3 }, Array.Empty<byte>(), null], [2L, 2, int.MaxValue, 2, "outcomes", Array.Empty<byte>(), new byte[2_000], new byte[] { 0 }],
        ];
        await using var connection = await folder.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await Rows.InsertAsync(connection, transaction, "OutcomeBlock", Blocks, blocks, default);
        await Rows.InsertAsync(connection, transaction, "KeptCount", Counts, counts, default);
        var read = await AllAsync("OutcomeBlock", Blocks, many => [(int)many.Whole(0), many.Value(1), many.Id(2), many.Id(3), many.Text(4), many.Text(5)]);
        Assert.That(read, Is.EqualTo(blocks));
        Assert.That(read[0][4], Is.SameAs(read[1][4]), "a text that comes back is not made anew");
        Assert.That(
            await AllAsync("KeptCount", Counts, many => [many.Whole(0), (int)many.Whole(1), (int)many.Whole(2), (int)many.Whole(3), many.TextOrNull(4), many.Binary(5), many.Binary(6), many.IsNull(7) ? null : many.Binary(7)]),
            Is.EqualTo(counts));

        await Rows.EachAsync(connection, transaction, "UPDATE KeptCount SET UntilPublication = @value WHERE Id", 7, [2L, 9L], default);
        Assert.That(await AllAsync("KeptCount", Counts, many => [(int)many.Whole(2)]), Is.EqualTo((object?[][])[[int.MaxValue], [7]]), "only what was named");

        async Task<List<object?[]>> AllAsync(string table, string[] columns, Func<ManyRows, object?[]> row)
        {
            var all = new List<object?[]>();
            using var many = await ManyRows.OfAsync(connection, new CommandDefinition($"SELECT {string.Join(", ", columns)} FROM {table} ORDER BY Id", transaction: transaction));
            while (await many.ReadAsync(default))
            {
                all.Add(row(many));
            }

            return all;
        }
    }

    /// <summary>Many go another way than a few.</summary>
    [TestCase(1)]
    [TestCase(199)]
    [TestCase(200)]
    [TestCase(12_345)]
    public async Task AnyNumberOfRowsIsWrittenWhole(int count)
    {
        var now = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 123, TimeSpan.Zero);
        object?[][] written = [.. Enumerable.Range(0, count).Select(i => (object?[])[(long)i, 1, int.MaxValue, 1, "outcomes", new byte[i % 300], new byte[] { 1 }, i % 3 == 0 ? new byte[] { (byte)i } : null])];
        object?[][] changes = [.. Enumerable.Range(0, count).Select(i => (object?[])[Guid.NewGuid(), now.AddTicks(i % 9_999)])];
        await using var connection = await folder.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await Rows.InsertAsync(connection, transaction, "OutcomeBlock", Blocks, [[1, "2026", Guid.Empty, Guid.Empty, "x", "client"]], default);
        await Rows.InsertAsync(connection, transaction, "KeptCount", Counts, written, default);
        await Rows.InsertAsync(connection, transaction, "OutcomeChange", ["ConversationId", "ChangedAt"], changes, default);
        var read = new List<object?[]>();
        using (var many = await ManyRows.OfAsync(connection, new CommandDefinition($"SELECT {string.Join(", ", Counts)} FROM KeptCount ORDER BY Id", transaction: transaction)))
        {
            while (await many.ReadAsync(default))
            {
                read.Add([many.Whole(0), (int)many.Whole(1), (int)many.Whole(2), (int)many.Whole(3), many.Text(4), many.Binary(5), many.Binary(6), many.IsNull(7) ? null : many.Binary(7)]);
            }
        }

        var times = await connection.QueryAsync<DateTimeOffset>("SELECT ChangedAt FROM OutcomeChange", transaction: transaction);
        Assert.Multiple(() =>
        {
            Assert.That(read, Is.EqualTo(written));
            Assert.That(times, Has.Exactly(count).EqualTo(now), "cut off to the millisecond, not rounded");
        });
    }

    [Test]
    public async Task ARuleOfTheTableHoldsForManyRowsToo()
    {
        await using var connection = await folder.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        var rows = Enumerable.Range(0, 500).Select(i => (object?[])[7, $"{i % 499}", "year", new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)]);
        Assert.That(
            async () => await Rows.InsertAsync(connection, transaction, "PublishedPeriod", ["Publication", "Id", "Kind", "FromOn", "UntilOn"], rows, default),
            Throws.InstanceOf<System.Data.Common.DbException>(), "one is there twice");
    }

    [Test]
    public async Task AForeignKeyHoldsForManyRowsToo()
    {
        if (folder.IsBabelfish)
        {
            Assert.Ignore("Babelfish asks no foreign keys in a bulk copy, whatever it is told; SQLite and SQL Server do.");
        }

        await using var connection = await folder.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        var rows = Enumerable.Range(0, 500).Select(i => (object?[])[Guid.NewGuid(), "feelings", 50.0]);
        Assert.That(async () => await Rows.InsertAsync(connection, transaction, "DomainScore", ["ConversationId", "DomainId", "Score"], rows, default), Throws.InstanceOf<System.Data.Common.DbException>(), "there are no such conversations");
    }

    [Test]
    public async Task NumbersFlagsDaysAndTimesAreReadAndAbsentOnesAreAbsent()
    {
        var (conversation, now) = (Guid.NewGuid(), new DateTimeOffset(2026, 2, 28, 23, 59, 59, 123, TimeSpan.Zero));
        await using var connection = await folder.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await Rows.InsertAsync(connection, transaction, "OutcomeChange", ["ConversationId", "ChangedAt"], [[conversation, now]], default);
        await Rows.InsertAsync(connection, transaction, "PublishedPeriod", ["Publication", "Id", "Kind", "FromOn", "UntilOn"], [[7, "2024", "year", new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)]], default);
        using (var many = await ManyRows.OfAsync(connection, new CommandDefinition(
            "SELECT c.ConversationId, c.ChangedAt, p.FromOn, p.UntilOn, p.Publication, CAST(12.5 AS real) AS Number, CAST(NULL AS real) AS Absent FROM OutcomeChange c CROSS JOIN PublishedPeriod p", transaction: transaction)))
        {
            Assert.That(await many.ReadAsync(default));
            Assert.Multiple(() =>
            {
                Assert.That((many.Id(0), many.Moment(1), many.Day(2), many.Day(3)), Is.EqualTo((conversation, now, new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31))));
                Assert.That((many.Flag(4), many.IsNull(5), many.IsNull(6), many.NumberOrNull(6), many.TextOrNull(6), many.Value(6)), Is.EqualTo((true, false, true, (double?)null, (string?)null, (object?)null)));
            });
            Assert.That(await many.ReadAsync(default), Is.False);
        }
    }

    [Test]
    public async Task ARowThatBreaksARuleOfTheTableIsRefusedAndNamesTheRule()
    {
        await using var connection = await folder.Database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        object?[] row = [7, "2024", "year", new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)];
        Assert.That(
            async () => await Rows.InsertAsync(connection, transaction, "PublishedPeriod", ["Publication", "Id", "Kind", "FromOn", "UntilOn"], [row, row], default),
            Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("PublishedPeriod").IgnoreCase);
    }
}
