using ClientVoice.Instruments;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>The verb <c>check</c>.</summary>
internal sealed class CheckerTests
{
    private InstrumentFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new InstrumentFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void AFolderWithoutFaultsShowsEachInstrumentAndItsReadingLevel()
    {
        var (exit, output) = Check(folder.Path);

        // Hoe woon je? (3) Mag het zo blijven? (4) Hoeveel last heb je van lawaai? (6) Hoe is de tuin? (4)
        // Hoe zijn de mensen? (4) Heb je alles kunnen delen? (5): 26 words in 6 sentences, none of them long.
        Assert.That(output, Is.EqualTo($"{folder.Path}/talk/talk-1.0.json: talk 1.0, 6 questions, 4.3 words per sentence, 0% long words\n"));
        Assert.That(exit, Is.Zero);
    }

    [Test]
    public void AFaultIsPrintedWithFileLineCodeAndTextAndTheOthersAreStillShown()
    {
        folder.Add("other", "1.0", instrument => instrument["cv"]!["perspectives"]![0]!["perspective"] = "neighbour");

        var (exit, output) = Check(folder.Path);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.Match(@"^.*/other/other-1\.0\.json:\d+: perspective-unknown: A perspective is one of client, relative, worker, observer, team; correct it\.$"));
        Assert.That(lines[1], Does.StartWith($"{folder.Path}/talk/talk-1.0.json: talk 1.0,"));
        Assert.That(exit, Is.EqualTo(1));
    }

    [Test]
    public void OneFileIsCheckedWithTheScalesAroundItAndWithoutItsNeighbours()
    {
        var file = folder.Add("other", "1.0");
        folder.Write("bad/bad-1.0.json", "{");

        var (exit, output) = Check(file);

        Assert.That(output, Does.StartWith($"{file}: other 1.0,"));
        Assert.That(exit, Is.Zero);
    }

    [Test]
    public void AScaleFileCanBeCheckedByItself()
    {
        var file = folder.Write("scales/four.json", $$"""
            { "$id": "{{InstrumentFolder.Uri}}scales/four.json",
              "minimum": "low" }
            """);

        Assert.That(Check(file), Is.EqualTo((1, $"{file}:2: schema-not-valid: minimum must be a number of at most 1000 characters.\n")));
    }

    [Test]
    public void AFileOutsideAnyInstrumentsFolderIsCheckedAlone()
    {
        using var elsewhere = new InstrumentFolder();
        var lonely = Path.Combine(Directory.CreateTempSubdirectory("alone-").FullName, "mine.json");
        File.WriteAllText(lonely, "{");

        Assert.That(Check(lonely).Exit, Is.EqualTo(1));
        Assert.That(Check(lonely).Output, Does.StartWith($"{lonely}:1: json-not-valid: "));
    }

    [Test]
    public void APathThatLeadsNowhereIsAFault() =>
        Assert.That(Check("nowhere"), Is.EqualTo((1, "nowhere:1: file-not-readable: There is no such file or folder; correct the path.\n")));

    [Test]
    public void NoPathIsAFault() => Assert.That(Check().Exit, Is.EqualTo(1));

    private static (int Exit, string Output) Check(params string[] paths)
    {
        using var output = new StringWriter { NewLine = "\n" };
        return (InstrumentChecker.Check(paths, output), output.ToString());
    }
}
