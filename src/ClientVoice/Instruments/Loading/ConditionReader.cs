using System.Text.Json;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Loading;

/// <summary>Reads a <c>visibleWhen</c> for people: which answers to which question it is about.</summary>
internal static class ConditionReader
{
    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] Singles = ["not", "if", "then", "else"];

    /// <summary>
    /// The questions that a condition depends on. Only what stands about the answers object itself names questions;
    /// what is inside <c>properties</c> is about an answer.
    /// </summary>
    public static IEnumerable<string> Names(JsonElement condition) =>
        condition.Members("properties").Select(member => member.Name)
            .Concat(condition.Texts("required"))
            .Concat(Lists.SelectMany(name => condition.Items(name)).SelectMany(Names))
            .Concat(Singles.Select(name => condition.Member(name)).OfType<JsonElement>().SelectMany(Names));

    /// <summary>The answers after which a question is shown, found by trying each; null where it is not about the options of one question.</summary>
    public static ShownAfter? ShownAfter(JsonElement condition, IReadOnlyDictionary<string, AnswerReader> readers)
    {
        if (Names(condition).Distinct().ToList() is not [var name]
            || readers.GetValueOrDefault(name) is not { Kind: AnswerKind.Choice or AnswerKind.Choices } reader
            || new SchemaCompiler().Compile(LoadedConditions.Uri, condition).Schema is not { } schema
            || schema.IsValid(JsonSerializer.SerializeToElement(new { })))
        {
            return null;
        }

        bool Shows(string code) => schema.IsValid(reader.Kind == AnswerKind.Choices
            ? JsonSerializer.SerializeToElement(new Dictionary<string, string[]> { [name] = [code] })
            : JsonSerializer.SerializeToElement(new Dictionary<string, string> { [name] = code }));
        var codes = reader.Options.Select(option => option.Code).Where(Shows).ToList();
        return codes.Count > 0 ? new ShownAfter(name, codes) : null;
    }
}
