// From a bundle to an instrument that can be used. The bundle is all it needs: a version from the store, whose
// files are long gone, is read in the same way as one from the folder.
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Instruments.Schema;
using ClientVoice.Shell;

namespace ClientVoice.Instruments.Loading;

/// <summary>Reads bundles.</summary>
internal static class InstrumentReader
{
    /// <summary>The instrument; null with the schema's faults, pointing into the bundle, where it cannot be used.</summary>
    public static (LoadedInstrument? Instrument, IReadOnlyList<SchemaFault> Faults) Read(byte[] bundle)
    {
        if (Parse(bundle) is not { } root)
        {
            return (null, [new SchemaFault("", "", "json-not-valid", "The bundle is not JSON.")]);
        }

        var compiled = new SchemaCompiler().Compile(root.Text("$id") ?? "urn:clientvoice:bundle", root);
        return compiled.Schema is { } schema && Build(root, bundle, schema) is { } instrument
            ? (instrument, [])
            : (null, compiled.Faults.Count > 0 ? compiled.Faults : [new SchemaFault("", "/cv", "schema-not-valid", "The bundle lacks what an instrument must say of itself.")]);
    }

    private static JsonElement? Parse(byte[] bundle)
    {
        // The store is a database: what lies in it can be damaged, and the reader can only say so by throwing.
        try
        {
            using var document = JsonDocument.Parse(bundle, new JsonDocumentOptions { MaxDepth = 80 });
            return JsonValue.TextIsReadable(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LoadedInstrument? Build(JsonElement root, byte[] bundle, CompiledSchema schema)
    {
        var cv = root.Member("cv") ?? default;
        var sections = cv.Items("sections").Select(SectionOf).ToList();
        var readers = Readers(root, sections);
        if (readers.Count == 0 || Facts(root, cv, sections, readers) is not { } facts)
        {
            return null;
        }

        var conditions = Conditions(root);
        return facts.Rules.SelectMany(rule => rule.Questions).All(question => readers.ContainsKey(question.QuestionId))
            ? new LoadedInstrument(
                facts, bundle, Convert.ToHexStringLower(SHA256.HashData(bundle)), schema, readers, conditions, new Scoring(readers, facts.Rules, conditions))
            : null;
    }

    private static Dictionary<string, AnswerReader> Readers(JsonElement root, List<Section> sections)
    {
        var baseUri = root.Text("$id") ?? "";
        var scales = root.Members("$defs").Where(scale => scale.Value.Text("$id") is not null)
            .DistinctBy(scale => scale.Value.Text("$id"))
            .ToDictionary(scale => scale.Value.Text("$id")!, scale => scale.Value, StringComparer.Ordinal);
        var properties = root.Member("properties") ?? default;
        var readers = new Dictionary<string, AnswerReader>(StringComparer.Ordinal);
        foreach (var id in sections.SelectMany(section => section.Questions))
        {
            if (properties.Member(id) is { } question
                && AnswerForm.Of(question, baseUri, uri => scales.TryGetValue(uri, out var scale) ? scale : null) is { } form)
            {
                readers.TryAdd(id, new AnswerReader(id, form, (question.Member("cv") ?? default).Flag("reversed")));
            }
        }

        return readers;
    }

    private static LoadedConditions Conditions(JsonElement root) => new(root.Members("properties")
        .Select(question => (question.Name, Schema: Condition(question.Value)))
        .Where(pair => pair.Schema is not null)
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Schema!, StringComparer.Ordinal));

    private static CompiledSchema? Condition(JsonElement question) =>
        question.Member("cv").Member("visibleWhen") is { } condition ? new SchemaCompiler().Compile(LoadedConditions.Uri, condition).Schema : null;

    private static InstrumentFacts? Facts(JsonElement root, JsonElement cv, List<Section> sections, Dictionary<string, AnswerReader> readers)
    {
        if (cv.Text("id") is not { } id || cv.Text("version") is not { } version || cv.Text("kind") is not { } kind
            || cv.Text("subject") is not { } subject || cv.LocalText("title") is not { } title)
        {
            return null;
        }

        var properties = root.Member("properties") ?? default;
        return new InstrumentFacts(
            new InstrumentKey(id, version),
            kind,
            subject,
            title,
            cv.LocalText("purpose") ?? title,
            cv.Count("minutes") ?? 0,
            cv.Texts("languages"),
            cv.Items("perspectives").Where(item => item.Text("perspective") is not null)
                .GroupBy(item => item.Text("perspective")!, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Max(item => item.Count("minimum") ?? 0), StringComparer.Ordinal),
            FitOf(cv.Member("fits") ?? default),
            cv.Text("owner") ?? "",
            cv.Text("licence") ?? "",
            RecognitionOf(cv.Member("recognition") ?? default),
            [.. sections.SelectMany(section => section.Questions).Where(readers.ContainsKey).Distinct().Select(question => QuestionOf(question, properties.Member(question)!.Value, readers))],
            [.. (cv.Member("scoring") ?? default).Items("domains").Select(DomainOf)],
            [.. (cv.Member("scoring") ?? default).Items("domains").Select(RuleOf)],
            sections,
            [.. cv.Items("pairs").Select(pair => new ReversedPair(pair.Text("question") ?? "", pair.Text("reversed") ?? ""))],
            cv.Flag("differentObservers"));
    }

    private static Question QuestionOf(string id, JsonElement schema, Dictionary<string, AnswerReader> readers)
    {
        var (cv, reader) = (schema.Member("cv") ?? default, readers[id]);
        return new Question(id, reader.Kind, cv.LocalText("text") ?? new LocalText(id, null), cv.Text("domain"), cv.Text("wishOf"), cv.Text("role"), reader.Options)
        {
            Reversed = reader.Reversed,
            Sensitive = cv.Flag("sensitive"),
            ComparableWith = cv.Text("comparableWith"),
            Help = cv.LocalText("help"),
            Tip = cv.LocalText("tip"),
            Picture = cv.Text("picture"),
            Range = reader.Range,
            Conditional = cv.Member("visibleWhen") is not null,
            ShownAfter = cv.Member("visibleWhen") is { } condition ? ConditionReader.ShownAfter(condition, readers) : null,
        };
    }

    private static Section SectionOf(JsonElement section) =>
        new(section.Text("id") ?? "", section.LocalText("title") ?? new LocalText("", null), section.Texts("questions")) { Picture = section.Text("picture") };

    private static ScoredDomain DomainOf(JsonElement domain) =>
        new(domain.Text("id") ?? "", domain.LocalText("title") ?? new LocalText(domain.Text("id") ?? "", null), domain.Text("shared") ?? "");

    private static DomainRule RuleOf(JsonElement domain) => new(
        domain.Text("id") ?? "",
        [.. domain.Items("questions").Select(item => new WeightedQuestion(item.Text("question") ?? "", item.Number("weight") is { } weight and > 0 ? weight : 1))],
        domain.Count("maxMissing") ?? 0);

    private static Fit FitOf(JsonElement fits) => new(fits.Texts("communication"), fits.Texts("disability"), fits.Texts("setting"), fits.LocalText("reason"))
    {
        Needs = fits.Texts("needs"),
        AgeFrom = (fits.Member("age") ?? default).Count("from"),
        AgeTo = (fits.Member("age") ?? default).Count("to"),
    };

    private static Recognition? RecognitionOf(JsonElement recognition) =>
        recognition.Text("by") is { } by
        && DateOnly.TryParseExact(recognition.Text("until"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)
            ? new Recognition(by, until)
            : null;
}
