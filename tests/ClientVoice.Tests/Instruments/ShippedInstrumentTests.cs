using System.Text.Json;
using ClientVoice.Instruments;
using ClientVoice.Instruments.Loading;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>The instruments that ship, against the answers that must be accepted and those that must be rejected.</summary>
internal sealed class ShippedInstrumentTests
{
    private const string Missing = "There are no instruments or no example answers in the repository yet.";

    private static readonly Lazy<FolderContent?> Content = new(() => Folders.Instruments is { } folder ? FolderReader.Read(folder) : null);

    [Test]
    public void EveryInstrumentThatShipsIsWithoutFaults()
    {
        if (Content.Value is null)
        {
            Assert.Ignore(Missing);
        }

        Assert.That(Content.Value.Faults, Is.Empty, "what we ship passes our own check");
        TestContext.Out.WriteLine(string.Join('\n', Content.Value.Files.Select(file => $"{file.Instrument.Key}: {file.Instrument.Questions.Count} questions")));
    }

    [TestCaseSource(nameof(Accepted))]
    public void AnswersThatMustBeAcceptedAreValid(Example example)
    {
        using var answers = Open(example);
        Assert.That(InstrumentOf(example).Validate(answers.RootElement), Is.Empty);
        Assert.That(InstrumentOf(example).Read(answers.RootElement), Has.Count.GreaterThanOrEqualTo(answers.RootElement.GetPropertyCount()), "every answer gives at least one row");
    }

    [TestCaseSource(nameof(Rejected))]
    public void AnswersThatMustBeRejectedAreNotValid(Example example)
    {
        using var answers = Open(example);
        Assert.That(InstrumentOf(example).Validate(answers.RootElement), Is.Not.Empty);
    }

    [TestCaseSource(nameof(Scored))]
    public void AnswersScoreAsWasWorkedOutByHand(Example example)
    {
        using var fixture = Open(example);
        var instrument = InstrumentOf(example);
        var answers = fixture.RootElement.GetProperty("answers");
        var byHand = fixture.RootElement.GetProperty("scores").EnumerateObject().ToDictionary(
            domain => domain.Name, domain => domain.Value.GetProperty("score") is { ValueKind: JsonValueKind.Number } score ? score.GetDouble() : (double?)null);
        Assert.That(instrument.Validate(answers), Is.Empty);
        var scores = instrument.Score(answers).ToDictionary(result => result.DomainId, result => result.Score is { } score ? Math.Round(score, 6) : (double?)null);
        Assert.That(scores, Is.EquivalentTo(byHand));
    }

    [Test]
    public void EveryInstrumentThatShipsHasScoresWorkedOutByHand() => Assert.That(
        Scored().Select(test => ((Example)test.Arguments[0]!).Instrument).Distinct(), Is.EquivalentTo(Content.Value!.Files.Select(file => $"{file.Instrument.Key.Id}-{file.Instrument.Key.Version}")));

    private static JsonDocument Open(Example example)
    {
        if (example.File.Length == 0 || Content.Value is null)
        {
            Assert.Ignore(Missing);
        }

        return JsonDocument.Parse(File.ReadAllBytes(example.File));
    }

    private static LoadedInstrument InstrumentOf(Example example) =>
        Content.Value!.Files.Select(file => file.Instrument).FirstOrDefault(instrument => $"{instrument.Key.Id}-{instrument.Key.Version}" == example.Instrument)
        ?? throw new AssertionException($"{example.Instrument} did not load, but has example answers.");

    private static IEnumerable<TestCaseData> Accepted() => Cases("accepted");

    private static IEnumerable<TestCaseData> Rejected() => Cases("rejected");

    private static IEnumerable<TestCaseData> Scored() => Cases("scored");

    private static IEnumerable<TestCaseData> Cases(string verdict)
    {
        var examples = Folders.Examples is not { } folder ? [] : Directory.EnumerateDirectories(folder)
            .Where(instrument => Directory.Exists(Path.Combine(instrument, verdict)))
            .SelectMany(instrument => Directory.EnumerateFiles(Path.Combine(instrument, verdict), "*.json"))
            .Order(StringComparer.Ordinal)
            .Select(file => new Example(Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file))!), file))
            .ToList();
        return (examples.Count == 0 ? [new Example("none", "")] : examples)
            .Select(example => new TestCaseData(example).SetArgDisplayNames($"{example.Instrument}: {Path.GetFileNameWithoutExtension(example.File)}"));
    }

    internal sealed record Example(string Instrument, string File);
}
