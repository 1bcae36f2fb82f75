using System.Collections.Frozen;
using System.Text.Json;
using ClientVoice.Instruments.Schema;

namespace ClientVoice.Instruments.Loading;

/// <summary>When questions are shown: their <c>visibleWhen</c>, compiled.</summary>
/// <param name="byQuestion">Only those that have one.</param>
internal sealed class LoadedConditions(FrozenDictionary<string, CompiledSchema> byQuestion)
{
    /// <summary>What references in a condition start from: it can only refer to itself.</summary>
    public const string Uri = "urn:clientvoice:visible-when";

    /// <summary>Whether a question is shown, given the answers so far.</summary>
    public bool IsVisible(string questionId, JsonElement answers) =>
        !byQuestion.TryGetValue(questionId, out var condition) || condition.IsValid(answers);
}
