using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Instruments;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Tests.Instruments;

/// <summary>An instruments folder of its own for one test, with two scales, a picture and one small instrument.</summary>
internal sealed class InstrumentFolder : IDisposable
{
    public const string Uri = "https://clientvoice.example/instruments/";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public InstrumentFolder()
    {
        Path = Directory.CreateTempSubdirectory("instruments-").FullName;
        Write("scales/three.json", $$"""
            { "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "{{Uri}}scales/three.json",
              "oneOf": [ { "const": "good", "cv": { "text": { "nl": "Goed", "en": "Good" }, "score": 100 } },
                         { "const": "so-so", "cv": { "text": { "nl": "Gaat wel", "en": "So-so" }, "score": 50, "picture": "face" } },
                         { "const": "bad", "cv": { "text": { "nl": "Slecht", "en": "Bad" }, "score": 0 } } ],
              "cv": { "present": "words" } }
            """);
        Write("scales/free-text.json", $$"""{ "$id": "{{Uri}}scales/free-text.json", "type": "string", "minLength": 1, "maxLength": 20, "cv": { "present": "text" } }""");
        Write("symbols/face.svg", """<svg xmlns="http://www.w3.org/2000/svg"/>""");
        Write("symbols/ledger.json", """
            { "symbols": [ { "id": "face", "file": "face.svg", "means": { "nl": "gezicht", "en": "face" }, "source": "own drawing", "author": "ClientVoice", "licence": "CC-BY-4.0" },
                           { "id": "bought", "file": "face.svg", "means": { "nl": "x", "en": "x" }, "source": "a shop", "author": "x", "licence": "all rights reserved" },
                           { "id": "lost", "file": "lost.svg", "means": { "nl": "x", "en": "x" }, "source": "x", "author": "x", "licence": "CC-BY-4.0" } ] }
            """);
        Add("talk", "1.0");
    }

    public string Path { get; }

    /// <summary>An instrument with a figure (reversed), two choices (one with a condition), a wish and the closing question.</summary>
    public static JsonObject Instrument(string id = "talk", string version = "1.0") => JsonNode.Parse($$"""
        { "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "{{Uri}}{{id}}/{{id}}-{{version}}.json",
          "type": "object",
          "properties": {
            "home": { "$ref": "../scales/three.json", "cv": { "text": { "nl": "Hoe woon je?", "en": "How do you live?" }, "domain": "material-wellbeing", "picture": "face" } },
            "home-wish": { "oneOf": [ { "const": "stay", "cv": { "text": { "nl": "Zo laten", "en": "Stay" } } }, { "const": "change", "cv": { "text": { "nl": "Anders", "en": "Change" } } } ],
                           "cv": { "present": "words", "wishOf": "home", "text": { "nl": "Mag het zo blijven?", "en": "May it stay?" }, "domain": "material-wellbeing" } },
            "noise": { "type": "integer", "minimum": 1, "maximum": 10,
                       "cv": { "present": "grade", "scoreRange": { "from": 1, "to": 10 }, "reversed": true, "text": { "nl": "Hoeveel last heb je van lawaai?", "en": "How much noise?" }, "domain": "material-wellbeing" } },
            "garden": { "$ref": "../scales/three.json",
                        "cv": { "text": { "nl": "Hoe is de tuin?", "en": "How is the garden?" }, "domain": "material-wellbeing",
                                "visibleWhen": { "properties": { "home": { "const": "good" } }, "required": ["home"] } } },
            "people": { "type": "array", "items": { "$ref": "../scales/three.json" }, "uniqueItems": true, "minItems": 1,
                        "cv": { "text": { "nl": "Hoe zijn de mensen?", "en": "How are the people?" }, "domain": "interpersonal-relations" } },
            "closing": { "$ref": "../scales/free-text.json", "cv": { "role": "closing", "text": { "nl": "Heb je alles kunnen delen?", "en": "Have you shared everything?" } } }
          },
          "additionalProperties": false,
          "cv": { "format": 1, "id": "{{id}}", "version": "{{version}}", "kind": "plain-language", "subject": "client",
                  "title": { "nl": "Gesprek", "en": "Talk" }, "purpose": { "nl": "Praten.", "en": "Talking." }, "languages": ["nl", "en"], "minutes": 5,
                  "perspectives": [ { "perspective": "client", "minimum": 1 } ],
                  "fits": { "communication": ["speaks"], "age": { "from": 16 }, "reason": { "nl": "Voor wie praat.", "en": "For who speaks." } },
                  "owner": "ClientVoice", "licence": "CC-BY-4.0", "recognition": { "by": "de commissie", "until": "2027-12-31" },
                  "sections": [ { "id": "home", "title": { "nl": "Wonen", "en": "Home" }, "questions": ["home", "home-wish", "noise", "garden"] },
                                { "id": "end", "title": { "nl": "Slot", "en": "End" }, "questions": ["people", "closing"] } ],
                  "scoring": { "domains": [ { "id": "home", "title": { "nl": "Wonen", "en": "Home" }, "shared": "material-wellbeing", "maxMissing": 1,
                                              "questions": [ { "question": "home", "weight": 2 }, { "question": "noise", "weight": 1 }, { "question": "garden", "weight": 1 } ] } ] } } }
        """)!.AsObject();

    /// <summary>Writes an instrument where it belongs, after a change.</summary>
    public string Add(string id, string version, Action<JsonObject>? change = null)
    {
        var instrument = Instrument(id, version);
        change?.Invoke(instrument);
        return Write($"{id}/{id}-{version}.json", instrument.ToJsonString(Indented));
    }

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        // Whole at once, as an editor does it: a reader never sees half a file.
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    public void Remove(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    public FolderContent Read() => FolderReader.Read(Path);

    /// <summary>The one instrument of the folder, which must be without faults.</summary>
    public Instrument Only()
    {
        var content = Read();
        NUnit.Framework.Assert.That(content.Faults, NUnit.Framework.Is.Empty);
        return content.Files.Single().Instrument;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
