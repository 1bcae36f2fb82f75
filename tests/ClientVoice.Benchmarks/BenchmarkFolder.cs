using System.Text.Json.Nodes;
using ClientVoice.Commands;

namespace ClientVoice.Benchmarks;

/// <summary>An instruments folder of its own with the shared files that ship; gone afterwards.</summary>
internal sealed class BenchmarkFolder : IDisposable
{
    private const string Address = "https://clientvoice.example/instruments/";

    private static readonly string Shipped = System.IO.Path.Combine(HousePaths.House, "instruments");

    public BenchmarkFolder()
    {
        Path = Directory.CreateTempSubdirectory("benchmark-instruments-").FullName;
        string[] shared = ["scales", "symbols"];
        foreach (var file in shared.SelectMany(name => Directory.EnumerateFiles(System.IO.Path.Combine(Shipped, name))).Concat(Directory.EnumerateFiles(Shipped, "*.schema.json")))
        {
            var to = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(Shipped, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public string Path { get; }

    /// <summary>Copies of the instruments that ship, each under an id of its own.</summary>
    public int AddShipped(int count)
    {
        var files = Directory.EnumerateDirectories(Shipped).SelectMany(folder => Directory.EnumerateFiles(folder, "*-1.0.json"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        for (var n = 0; n < count; n++)
        {
            var instrument = JsonNode.Parse(files[n % files.Count])!.AsObject();
            Write($"{instrument["cv"]!["id"]!.GetValue<string>()}-{n}", instrument);
        }

        return count;
    }

    /// <summary>Eight themes of three scored questions, a wish and words at each, with conditions: forty in all with the closing ones.</summary>
    public void AddFortyQuestions()
    {
        var (questions, sections, domains) = (new JsonObject(), new JsonArray(), new JsonArray());
        for (var theme = 0; theme < 8; theme++)
        {
            string[] scored = [$"a{theme}", $"b{theme}", $"c{theme}"];
            foreach (var id in scored)
            {
                questions[id] = Question("five-words", """ "domain": "support" """);
            }

            questions[$"a{theme}-wish"] = Question("wish", $$""" "domain": "support", "wishOf": "a{{theme}}" """);
            questions[$"c{theme}"]!["cv"]!["visibleWhen"] = JsonNode.Parse($$"""{ "properties": { "b{{theme}}": { "enum": ["very-good", "good", "so-so"] } }, "required": ["b{{theme}}"] }""");
            var asked = new List<string> { $"a{theme}", $"a{theme}-wish", $"b{theme}", $"c{theme}" };
            if (theme < 6)
            {
                questions[$"d{theme}"] = Question("free-text", """ "domain": "support" """);
                asked.Add($"d{theme}");
            }

            sections.Add(Section($"s{theme}", asked));
            domains.Add(JsonNode.Parse($$"""{ "id": "s{{theme}}", "title": { "nl": "Thema", "en": "Theme" }, "shared": "support", "maxMissing": 1, "questions": [ {{string.Join(", ", scored.Select(id => $$"""{ "question": "{{id}}", "weight": 1 }"""))}} ] }"""));
        }

        questions["grade"] = Question("grade-10", """ "domain": "support" """);
        questions["closing"] = Question("free-text", """ "role": "closing" """);
        sections.Add(Section("end", ["grade", "closing"]));
        var instrument = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Shipped, "mijn-verhaal", "mijn-verhaal-1.0.json")))!.AsObject();
        instrument["properties"] = questions;
        instrument["cv"]!["sections"] = sections;
        instrument["cv"]!["scoring"] = new JsonObject { ["domains"] = domains };
        instrument["cv"]!.AsObject().Remove("pairs");
        Write("forty", instrument);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static JsonNode Question(string scale, string more) =>
        JsonNode.Parse($$"""{ "$ref": "../scales/{{scale}}.json", "cv": { "text": { "nl": "Hoe gaat dat?", "en": "How is that?" }, {{more}} } }""")!;

    private static JsonObject Section(string id, IEnumerable<string> questions) => new()
    {
        ["id"] = id, ["title"] = new JsonObject { ["nl"] = "Thema", ["en"] = "Theme" }, ["questions"] = new JsonArray([.. questions.Select(question => (JsonNode)question)]),
    };

    private void Write(string id, JsonObject instrument)
    {
        instrument["$id"] = $"{Address}{id}/{id}-1.0.json";
        instrument["cv"]!["id"] = id;
        instrument["cv"]!["version"] = "1.0";
        Directory.CreateDirectory(System.IO.Path.Combine(Path, id));
        File.WriteAllText(System.IO.Path.Combine(Path, id, $"{id}-1.0.json"), instrument.ToJsonString());
    }
}
