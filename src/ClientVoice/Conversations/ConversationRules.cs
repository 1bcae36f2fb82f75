// What a schema cannot say of a conversation: who, about whom, and that every key is a question.
using System.Globalization;
using System.Text.Json;
using ClientVoice.Instruments;
using ClientVoice.Problems;

namespace ClientVoice.Conversations;

/// <summary>Finds the faults of a conversation. Pure; reasons never repeat a value.</summary>
internal static class ConversationRules
{
    /// <summary>Faults in the calendar: the schema sees the form of a date, not whether the day exists.</summary>
    public static IEnumerable<Fault> Days(JsonElement document)
    {
        foreach (var name in (string[])["startedAt", "endedAt"])
        {
            if (!DateTimeOffset.TryParse(document.GetProperty(name).GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            {
                yield return new Fault("/" + name, "This day does not exist.");
            }
        }

        var agreed = document.TryGetProperty("points", out _) ? "points" : "agreements";
        var index = 0;
        foreach (var agreement in document.GetProperty(agreed).EnumerateArray())
        {
            var on = agreement.GetProperty("on");
            if (on.ValueKind == JsonValueKind.String && !DateOnly.TryParseExact(on.GetString(), "yyyy-MM-dd", out _))
            {
                yield return new Fault($"/{agreed}/{index}/on", "This day does not exist.");
            }

            index++;
        }
    }

    /// <summary>Faults against the exact version answered.</summary>
    public static IEnumerable<Fault> Against(Instrument instrument, IAnsweredDocument document)
    {
        if (!instrument.Perspectives.ContainsKey(document.Perspective))
        {
            yield return new Fault("/perspective", $"{instrument.Key} is not answered from this perspective.");
        }

        if (document.EndedAt < document.StartedAt)
        {
            yield return new Fault("/endedAt", "The end is before the start.");
        }

        foreach (var fault in instrument.Validate(document.Answers))
        {
            yield return new Fault("/answers" + fault.Pointer, fault.Reason);
        }

        var questions = instrument.Questions.Select(q => q.Id).ToHashSet();
        (string Member, IEnumerable<string> Keys)[] keyed =
        [
            ("words", document.Words.Keys),
            ("passed", document.Passed.Keys),
            ("seconds", document.Seconds.Keys),
            ("changes", document.Changed),
        ];
        foreach (var (member, keys) in keyed)
        {
            foreach (var key in keys.Where(k => !questions.Contains(k)))
            {
                yield return new Fault($"/{member}/{key}", $"{instrument.Key} has no such question.");
            }
        }

        foreach (var key in document.Passed.Keys.Where(k => document.Answers.TryGetProperty(k, out _)))
        {
            yield return new Fault($"/passed/{key}", "A question is answered or passed over, not both.");
        }

        if (document.Agreements.DistinctBy(a => a.Id).Count() != document.Agreements.Count)
        {
            yield return new Fault("/agreements", "Two agreements have the same id.");
        }
    }
}
