using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Instruments;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Tests.Instruments;

/// <summary>
/// The tablet checks answers with a validator of its own, without a network. What it lets through the service must
/// take, or a conversation that someone held is refused afterwards.
/// </summary>
internal sealed class AgreementTests
{
    private const int MutationsPerInstrument = 250;

    private readonly List<Case> examples = [];
    private readonly List<Case> mutations = [];

    [OneTimeSetUp]
    public async Task AskBothAsync()
    {
        var module = Path.Combine(Repository(), "src", "tablet", "node_modules", "@cfworker", "json-schema", "dist", "esm", "index.js");
        if (!File.Exists(module) || Folders.Instruments is not { } folder || Folders.Examples is not { } answers)
        {
            Assert.Ignore("The tablet's validator is not installed: run npm ci in src/tablet.");
            return;
        }

        var instruments = FolderReader.Read(folder).Files.Select(pair => pair.Instrument).ToList();
        foreach (var (index, instrument) in instruments.Index())
        {
            var own = Directory.EnumerateFiles(Path.Combine(answers, $"{instrument.Key.Id}-{instrument.Key.Version}"), "*.json", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => (File: file, Text: File.ReadAllText(file)))
                .ToList();
            examples.AddRange(own.Select(example => new Case(instrument, Path.GetFileName(example.File), example.Text)));
            var objects = own.Select(example => JsonNode.Parse(example.Text)).OfType<JsonObject>().ToList();
            var maker = new AnswerMutations(instrument, 20_260_000 + index);
            mutations.AddRange(Enumerable.Range(0, MutationsPerInstrument)
                .Select(n => new Case(instrument, $"mutation {n}", (maker.Next(n % 2 == 0 ? objects[n / 2 % objects.Count] : null) ?? "null").ToJsonString())));
        }

        await AskTabletAsync(module, instruments, [.. examples, .. mutations]);
    }

    [Test]
    public void TheTabletAndTheServiceAgreeOnEveryExample()
    {
        Assert.That(examples, Has.Count.GreaterThan(150));
        AreTheSame(examples);
    }

    [Test]
    public void TheTabletAndTheServiceAgreeOnThousandsOfAnswersThatAreAlmostRight()
    {
        Assert.That(mutations, Has.Count.GreaterThanOrEqualTo(2000));
        AreTheSame(mutations);
        var valid = mutations.Count(given => given.Tablet == "valid") / (double)mutations.Count;
        TestContext.Out.WriteLine($"{mutations.Count} mutated answers, {valid:P0} of them valid");
        Assert.That(valid, Is.InRange(0.2, 0.8), "agreeing on answers that are all valid, or all not, would say little");
    }

    private static void AreTheSame(List<Case> cases)
    {
        var differ = cases.Where(given => given.Tablet != given.Service()).Select(given => $"{given.Instrument.Key} {given.Name}: the tablet says {given.Tablet}: {Short(given.Answers)}").ToList();
        Assert.That(differ, Is.Empty, $"{differ.Count} of {cases.Count} verdicts differ");
    }

    private static async Task AskTabletAsync(string module, List<LoadedInstrument> instruments, List<Case> cases)
    {
        var script = Path.Combine(Path.GetDirectoryName(ThisFile())!, "agreement.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script, module])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        })!;
        var verdicts = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        foreach (var instrument in instruments)
        {
            await node.StandardInput.WriteLineAsync($$"""{"bundle":"{{instrument.Key}}","schema":{{Encoding.UTF8.GetString(instrument.Bundle.Span)}}}""");
        }

        foreach (var given in cases)
        {
            // On one line: line ends in a JSON text stand between values only.
            await node.StandardInput.WriteLineAsync($$"""{"bundle":"{{given.Instrument.Key}}","answers":{{given.Answers.ReplaceLineEndings(" ")}}}""");
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync();
        var lines = (await verdicts).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(cases.Count), await errors);
        foreach (var (given, verdict) in cases.Zip(lines))
        {
            given.Tablet = verdict;
        }
    }

    private static string Short(string text) => text.Length < 400 ? text : text[..400] + "…";

    private static string Repository() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private sealed record Case(Instrument Instrument, string Name, string Answers)
    {
        public string Tablet { get; set; } = "";

        public string Service()
        {
            using var json = JsonDocument.Parse(Answers);
            return Instrument.Validate(json.RootElement).Count == 0 ? "valid" : "not valid";
        }
    }
}
