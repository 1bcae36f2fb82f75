using System.Text.Json.Nodes;
using ClientVoice.Choices;
using ClientVoice.Commands;
using ClientVoice.Tests;
using Dapper;

namespace ClientVoice.BrowserTests;

/// <summary>Instruments of any length, made for measuring: one question with a wish over and over, and the closing question.</summary>
internal static class LongInstrument
{
    /// <summary>A folder with the shipped instruments and these beside them; the caller removes it.</summary>
    public static string FolderWith(params int[] lengths)
    {
        var folder = Directory.CreateTempSubdirectory("clientvoice-long-").FullName;
        var from = Path.Combine(HousePaths.House, "instruments");
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        foreach (var length in lengths)
        {
            var id = Id(length);
            Directory.CreateDirectory(Path.Combine(folder, id));
            File.WriteAllText(Path.Combine(folder, id, $"{id}-1.0.json"), Make(from, id, length).ToJsonString());
        }

        return folder;
    }

    public static string Id(int length) => $"lang-{length}";

    /// <summary>Asks the first group of the demo with it.</summary>
    public static async Task ChooseAsync(ServiceUnderTest service, int length)
    {
        await using var connection = await service.Services.GetRequiredService<Database.IDatabase>().OpenAsync(default);
        var group = await connection.QueryFirstAsync<Guid>("SELECT Id FROM ClientGroup WHERE Code = 'lvb'");
        var today = DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);
        await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(new NewChoice(group, Id(length), "client", today, 12, true, null, null), default);
    }

    private static JsonObject Make(string from, string id, int length)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "mijn-verhaal", "mijn-verhaal-1.0.json")))!.AsObject();
        var old = file["properties"]!.AsObject();
        // Another picture at each question, as in any list: reading a picture is part of drawing a question.
        var pictures = old.Select(q => (string?)q.Value!["cv"]!["picture"]).OfType<string>().Distinct().ToList();
        var questions = new JsonObject();
        var sections = new JsonArray();
        var scored = new JsonArray();
        for (var i = 0; i < length; i++)
        {
            var (question, wish) = ($"q-{i}", $"q-{i}-wish");
            questions[question] = old["home"]!.DeepClone();
            questions[wish] = old["home-wish"]!.DeepClone();
            questions[question]!["cv"]!["picture"] = pictures[i % pictures.Count];
            questions[wish]!["cv"]!["wishOf"] = question;
            scored.Add(new JsonObject { ["question"] = question, ["weight"] = 1 });
            if (i % 10 == 0)
            {
                var title = new JsonObject { ["nl"] = $"Deel {(i / 10) + 1}", ["en"] = $"Part {(i / 10) + 1}" };
                sections.Add(new JsonObject { ["id"] = $"part-{i / 10}", ["title"] = title, ["picture"] = "home", ["questions"] = new JsonArray() });
            }

            var asked = sections[^1]!["questions"]!.AsArray();
            asked.Add(question);
            asked.Add(wish);
        }

        questions["closing"] = old["closing"]!.DeepClone();
        sections[^1]!["questions"]!.AsArray().Add("closing");
        file["$id"] = $"https://clientvoice.example/instruments/{id}/{id}-1.0.json";
        file["properties"] = questions;
        var cv = file["cv"]!;
        cv["id"] = id;
        cv["title"] = new JsonObject { ["nl"] = $"Lijst van {length}", ["en"] = $"List of {length}" };
        cv["sections"] = sections;
        cv["scoring"]!["domains"] = new JsonArray(new JsonObject
        {
            ["id"] = "home", ["title"] = new JsonObject { ["nl"] = "Wonen", ["en"] = "Home" }, ["shared"] = "material-wellbeing", ["questions"] = scored, ["maxMissing"] = length - 1,
        });
        return file;
    }
}
