#pragma warning disable NUnit1027 // FsCheck gives the arguments of its properties.
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Instruments;
using ClientVoice.Instruments.Loading;
using FsCheck;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>Domain scores, worked out by hand: home weighs 2; noise (1-10, reversed) and garden (only when home is good) weigh 1; one may be missing.</summary>
internal sealed class ScoringTests
{
    private static readonly Instrument Talk = Load();

    // home 100 x 2, noise 1 -> 0 -> reversed 100, garden 50: (200 + 100 + 50) / 4
    [TestCase("""{ "home": "good", "noise": 1, "garden": "so-so" }""", 87.5, 3, 0)]
    // noise 10 -> 100 -> reversed 0: (200 + 0 + 0) / 4
    [TestCase("""{ "home": "good", "noise": 10, "garden": "bad" }""", 50, 3, 0)]
    // noise 4 -> 33.33 -> reversed 66.67; garden hidden: (2 x 50 + 66.67) / 3
    [TestCase("""{ "home": "so-so", "noise": 4 }""", 55.555555555555557, 2, 0)]
    // a hidden answer is there, but neither counts nor misses: (2 x 0 + 100) / 3
    [TestCase("""{ "home": "bad", "noise": 1, "garden": "good" }""", 33.333333333333336, 2, 0)]
    // one missing is allowed: (200 + 50) / 3
    [TestCase("""{ "home": "good", "garden": "so-so" }""", 83.333333333333329, 2, 1)]
    // home is passed over, so garden is hidden; noise alone: 100 / 1
    [TestCase("""{ "noise": 1 }""", 100, 1, 1)]
    // two missing is one too many
    [TestCase("""{ "home": "good" }""", null, 1, 2)]
    // one missing and none answered: there is nothing to take a mean of
    [TestCase("{}", null, 0, 2)]
    public void ADomainScoreIsTheWeightedMeanOfWhatWasAnsweredAndShown(string answers, double? score, int answered, int missing)
    {
        var result = Talk.Score(Answers(answers)).Single();

        Assert.That(result.Score, score is null ? Is.Null : Is.EqualTo(score).Within(1e-9));
        Assert.That((result.Answered, result.Missing), Is.EqualTo((answered, missing)));
    }

    [Test]
    public void AScoreCanBeExplainedQuestionByQuestion()
    {
        var trace = Talk.Explain(Answers("""{ "home": "so-so", "garden": "good" }""")).Single();

        Assert.That(trace.Result, Is.EqualTo(new DomainResult("home", 50, 1, 1)));
        Assert.That(trace.MaxMissing, Is.EqualTo(1));
        Assert.That(trace.Steps, Is.EqualTo(new[]
        {
            new ScoreStep("home", "so-so", 50, 2, false, true, "counted"),
            new ScoreStep("noise", null, null, 1, true, false, "not-answered"),
            new ScoreStep("garden", null, null, 1, false, false, "hidden"),
        }));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void AScoreLiesBetweenTheLowestAndTheHighestOfItsQuestions(PositiveInt[] weights, byte[] choices)
    {
        var count = Math.Min(weights.Length, choices.Length);
        var form = new AnswerForm(AnswerKind.Choice, [.. Enumerable.Range(0, 7).Select(n => new Option($"o{n}", new ClientVoice.Shell.LocalText("x", null), n * 100 / 6.0))], null, null);
        var readers = Enumerable.Range(0, count).ToDictionary(n => $"q{n}", n => new AnswerReader($"q{n}", form, n % 3 == 0));
        var rule = new DomainRule("d", [.. Enumerable.Range(0, count).Select(n => new WeightedQuestion($"q{n}", weights[n].Get * 0.37))], count);
        var answers = JsonSerializer.SerializeToElement(Enumerable.Range(0, count).ToDictionary(n => $"q{n}", n => $"o{choices[n] % 7}"));

        var trace = new Scoring(readers, [rule], NoConditions()).Explain(answers).Single();

        if (count == 0)
        {
            Assert.That(trace.Result.Score, Is.Null);
            return;
        }

        Assert.That(trace.Result.Score, Is.InRange(0, 100));
        Assert.That(trace.Result.Score, Is.InRange(trace.Steps.Min(step => step.Score!.Value), trace.Steps.Max(step => step.Score!.Value)));
    }

    [FsCheck.NUnit.Property(MaxTest = 50)]
    public void TheOrderOfOptionsAndOfAnswersDoesNotMatter(int seed)
    {
        var random = new System.Random(seed);
        using var folder = new InstrumentFolder();
        var scale = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "scales/three.json")))!.AsObject();
        var shuffled = scale["oneOf"]!.AsArray().Select(option => option!.DeepClone()).OrderBy(_ => random.Next()).ToArray();
        scale["oneOf"] = new JsonArray(shuffled);
        folder.Write("scales/three.json", scale.ToJsonString());
        (string, object)[] given = [("home", "good"), ("noise", 3), ("garden", "so-so")];
        var answers = JsonSerializer.SerializeToElement(given.OrderBy(_ => random.Next()).ToDictionary(pair => pair.Item1, pair => pair.Item2));

        Assert.That(folder.Only().Score(answers), Is.EqualTo(Talk.Score(Answers("""{ "home": "good", "noise": 3, "garden": "so-so" }"""))));
    }

    private static LoadedConditions NoConditions() =>
        new(System.Collections.Frozen.FrozenDictionary<string, ClientVoice.Instruments.Schema.CompiledSchema>.Empty);

    private static Instrument Load()
    {
        using var folder = new InstrumentFolder();
        return folder.Only();
    }

    private static JsonElement Answers(string json) => JsonDocument.Parse(json).RootElement;
}
