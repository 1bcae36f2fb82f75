using System.IO.Compression;
using System.Text;
using ClientVoice.Clients.Import;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Tests.Clients;

/// <summary>What is no list, or one that would hurt.</summary>
public sealed class SheetReaderTests
{
    [Test]
    public async Task CellsOfEveryTypeComeAsText()
    {
        var file = new MemoryStream();
        await using (var book = new Workbook(file))
        {
            await using var sheet = book.Sheet("x", [new("t", CellType.Text), new("w", CellType.Whole), new("d", CellType.Date), new("n", CellType.Number)]);
            sheet.Row("=1+1", 4711, new DateOnly(2024, 2, 29), 1.5);
            sheet.Row(null, null, null, null);
            sheet.Row("  ruimte ", null, null, null);
        }

        var table = SheetReader.Read(file);
        Assert.That(table.Headings, Is.EqualTo((string[])["t", "w", "d", "n"]));
        Assert.That(table.Rows.Select(r => $"{r.Number}: {string.Join('|', r.Cells)}"), Is.EqualTo((string[])["2: =1+1|4711|2024-02-29|1.5", "4: ruimte|||"]), "an empty row counts and is passed over");
    }

    [Test]
    public void AFileThatUnpacksToMoreThanItMayIsRefusedBeforeItIsRead() => Assert.That(Kind(Zip(("xl/worksheets/sheet1.xml", SheetReader.LargestUnpacked + 1))), Is.EqualTo(ImportFaultKind.FileTooLarge));

    [Test]
    public void AFileOfThousandsOfPartsIsRefused() => Assert.That(Kind(Zip([.. Enumerable.Range(0, 300).Select(i => ($"part{i}.xml", 1L))])), Is.EqualTo(ImportFaultKind.FileTooLarge));

    [Test]
    public void WhatIsNoExcelFileIsCalledThat()
    {
        Assert.That(Kind(new MemoryStream("naam;nummer\r\nAnna;1"u8.ToArray())), Is.EqualTo(ImportFaultKind.NotExcel), "text");
        Assert.That(Kind(new MemoryStream()), Is.EqualTo(ImportFaultKind.NotExcel), "nothing");
        Assert.That(Kind(Zip(("leesmij.txt", 10))), Is.EqualTo(ImportFaultKind.NotExcel), "another zip");
    }

    [Test]
    public async Task AFileThatWasCutOffIsRefused()
    {
        await using var file = await ClientLists.FileAsync(["Naam"], [["Anna"]]);
        Assert.That(Kind(new MemoryStream(file.ToArray()[..(int)(file.Length / 2)])), Is.EqualTo(ImportFaultKind.NotExcel));
    }

    [Test]
    public async Task EntitiesThatMultiplyAreNotExpanded()
    {
        await using var file = await ClientLists.FileAsync(["Naam"], [["Anna"]]);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/worksheets/sheet1.xml")!.Delete();
            await using var entry = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            await entry.WriteAsync(Encoding.UTF8.GetBytes(
                """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""));
        }

        file.Position = 0;
        Assert.That(Kind(file), Is.EqualTo(ImportFaultKind.NotExcel));
    }

    [Test]
    public async Task TooManyRowsOrColumnsOrNoRowsAtAllAreNamed()
    {
        await using var rows = await ClientLists.FileAsync(["Naam"], Enumerable.Repeat((string?[])["x"], SheetReader.MostRows + 1));
        Assert.That(Kind(rows), Is.EqualTo(ImportFaultKind.TooManyRows));
        await using var columns = await ClientLists.FileAsync([.. Enumerable.Range(0, SheetReader.MostColumns + 1).Select(i => $"k{i}")], []);
        Assert.That(Kind(columns), Is.EqualTo(ImportFaultKind.TooManyColumns));
        await using var none = await ClientLists.FileAsync(["Naam"], []);
        Assert.That(Kind(none), Is.EqualTo(ImportFaultKind.Empty));
    }

    private static ImportFaultKind? Kind(Stream file)
    {
        try
        {
            SheetReader.Read(file);
            return null;
        }
        catch (ImportException wrong)
        {
            return wrong.Kind;
        }
    }

    private static MemoryStream Zip(params (string Name, long Length)[] parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            foreach (var (name, length) in parts)
            {
                using var stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                for (var left = length; left > 0; left -= zeros.Length)
                {
                    stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
                }
            }
        }

        file.Position = 0;
        return file;
    }
}
