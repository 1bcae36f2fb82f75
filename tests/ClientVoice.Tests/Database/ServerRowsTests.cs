using System.Data;
using ClientVoice.Database;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Database;

/// <summary>A few rows for SQL Server, as statements.</summary>
public sealed class ServerRowsTests
{
    [Test]
    public void ANullIsSaidAsOneWhereNoRowHasAValueAndIsOfBytesWhereAnotherRowHasThem()
    {
        byte[] bytes = [1, 2];
        var statements = ServerRows.Statements("INSERT INTO T (A, B, C, D) VALUES ", 4, [[1, null, null, "x"], [2, null, bytes, null], [3, null, null, null], [4, null, null, "y"], [5, null, null, null]]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(statements.Select(s => s.Sql), Is.EqualTo((string[])
            [
                "INSERT INTO T (A, B, C, D) VALUES (@p0, NULL, @p2, @p3), (@p4, NULL, @p6, @p7), (@p8, NULL, @p10, @p11), (@p12, NULL, @p14, @p15)",
                "INSERT INTO T (A, B, C, D) VALUES (@p0, NULL, NULL, NULL)",
            ]));
            Assert.That(statements[0].Values, Is.EqualTo((IEnumerable<(string, object?, DbType?)>)
            [
                ("@p0", 1, null), ("@p2", null, DbType.Binary), ("@p3", "x", null), ("@p4", 2, null), ("@p6", bytes, DbType.Binary), ("@p7", null, null),
                ("@p8", 3, null), ("@p10", null, DbType.Binary), ("@p11", null, null), ("@p12", 4, null), ("@p14", null, DbType.Binary), ("@p15", "y", null),
            ]));
            Assert.That(statements[1].Values, Is.EqualTo((IEnumerable<(string, object?, DbType?)>)[("@p0", 5, null)]));
        });
    }

    [FsCheck.NUnit.Property(QuietOnSuccess = true)]
    public Property StatementsAreOfFewSizesHaveRoomForTheirValuesAndSayEveryRowOnceInOrder() => Prop.ForAll(Gen.Choose(1, 40).SelectMany(columns => Gen.Choose(1, 300).Select(rows => (columns, rows))).ToArbitrary(), size =>
    {
        object?[][] rows = [.. Enumerable.Range(0, size.rows).Select(row => Enumerable.Range(0, size.columns).Select(column => (object?)((row * size.columns) + column)).ToArray())];
        var statements = ServerRows.Statements("", size.columns, rows).ToList();
        return statements.SelectMany(s => s.Values.Select(v => v.Value)).SequenceEqual(rows.SelectMany(r => r))
            && statements.All(s => s.Values.Count <= 2_000)
            && statements.Select(s => s.Sql).Distinct().Count() <= 4;
    });
}
