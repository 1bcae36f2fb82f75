using System.IO.Compression;
using System.Text;
using ClientVoice.Shell.Lists;
using ClientVoice.Shell.Sheets;
using ExcelDataReader;
using CellType = ClientVoice.Shell.Sheets.CellType;

namespace ClientVoice.Tests.Shell;

/// <summary>Lists that are taken along whole, however long they are.</summary>
internal sealed class ListFileTests
{
    private static readonly IReadOnlyList<ListColumn<int>> Columns = [new("Nummer", CellType.Whole, n => n)];

    [Test]
    public async Task WhatDoesNotFitOnASheetGoesOnOnTheNext()
    {
        var last = SheetText.MostRows + 1;
        using var file = new MemoryStream();
        await WriteAsync(file, Enumerable.Range(1, last).ToAsyncEnumerable());
        file.Position = 0;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var book = ExcelReaderFactory.CreateOpenXmlReader(file);
        var seen = new List<(string Sheet, int Rows, object First, object Last)>();
        do
        {
            book.Read();
            Assert.That(book.GetString(0), Is.EqualTo("Nummer"));
            var (rows, first, end) = (1, (object?)null, (object?)null);
            while (book.Read())
            {
                (rows, first, end) = (rows + 1, first ?? book.GetValue(0), book.GetValue(0));
            }

            seen.Add((book.Name, rows, first!, end!));
        }
        while (book.NextResult());
        Assert.That(seen, Is.EqualTo(((string, int, object, object)[])[("Lijst", SheetText.MostRows, 1d, (double)SheetText.MostRows - 1), ("Lijst (2)", 3, (double)SheetText.MostRows, (double)last)]));
    }

    [Test]
    public async Task AListThatFillsASheetHasOneAndAnEmptyOneHasItsHeadings([Values(0, 1, SheetText.MostRows - 1)] int lines)
    {
        using var file = new MemoryStream();
        await WriteAsync(file, Enumerable.Range(1, lines).ToAsyncEnumerable());
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        Assert.That(zip.Entries.Count(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task WhatIsWrittenIsSentWhileTheNextLinesAreRead()
    {
        using var file = new MemoryStream();
        var (sent, random) = (new List<long>(), new Random(1));
        // Each line is as long as what may wait, and cannot be packed.
        await ListFile.WriteAsync(file, "Lijst", LinesAsync(), [new ListColumn<string>("Tekst", CellType.Text, t => t)], default);
        Assert.That(sent.Take(2), Is.All.Zero, "nothing is sent before there is something to send");
        Assert.That(sent, Is.Ordered);
        Assert.That(sent[^1], Is.GreaterThan(12 * 32_000L), "most of it is under way before the last line is read");
        Assert.That(sent[^1], Is.LessThan(file.Length));

        async IAsyncEnumerable<string> LinesAsync()
        {
            for (var i = 0; i < 12; i++)
            {
                await Task.Yield();
                sent.Add(file.Length);
                yield return string.Create(32_000, random, (text, r) =>
                {
                    foreach (ref var c in text)
                    {
                        c = (char)r.Next('一', '鿿');
                    }
                });
            }
        }
    }

    [Test]
    public async Task AListThatBreaksOffIsNotAWholeFile()
    {
        using var file = new MemoryStream();
        await Assert.ThatAsync(() => WriteAsync(file, LinesAsync()), Throws.TypeOf<TimeoutException>());
        Assert.That(file.Length, Is.Positive, "a part was sent");
        file.Position = 0;
        Assert.That(() => new ZipArchive(file, ZipArchiveMode.Read), Throws.InstanceOf<InvalidDataException>());

        static async IAsyncEnumerable<int> LinesAsync()
        {
            for (var i = 0; i < 100_000; i++)
            {
                yield return i;
            }

            await Task.Yield();
            throw new TimeoutException();
        }
    }

    [Test]
    public async Task ALongListIsReadInPartsInItsOrderWithoutWhatIsGoneByThen()
    {
        List<Guid> ids = [.. Enumerable.Range(0, 2_345).Select(_ => Guid.NewGuid())];
        var gone = ids[1_500];
        var parts = new List<int>();
        var list = new WholeList<Guid>(ids, (some, _) =>
        {
            parts.Add(some.Count);
            return Task.FromResult<IReadOnlyList<Guid>>([.. some.Where(id => id != gone)]);
        });
        Assert.That(list.Count, Is.EqualTo(2_345));
        Assert.That(parts, Is.Empty, "nothing is read before it is asked for");
        Assert.That(await list.LinesAsync().ToListAsync(), Is.EqualTo(ids.Where(id => id != gone)));
        Assert.That(parts, Is.EqualTo((int[])[1_000, 1_000, 345]));
    }

    private static Task WriteAsync(Stream file, IAsyncEnumerable<int> lines) => ListFile.WriteAsync(file, "Lijst", lines, Columns, default);
}
