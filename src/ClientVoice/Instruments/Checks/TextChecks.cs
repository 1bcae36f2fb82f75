using System.Text.Json;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments.Checks;

/// <summary>Every text is there in every language, and what a client reads or hears is short.</summary>
internal static class TextChecks
{
    // Fifteen words is the usual upper limit of easy language; kinds for professionals are free.
    private const int MostWords = 15;

    private static readonly string[] ClientTexts = ["text", "speak", "help"];

    public static void Check(InstrumentDraft draft)
    {
        var isForClients = draft.Kind is "plain-language" or "visual";
        CheckInstrument(draft, isForClients);
        foreach (var question in draft.Questions.Values)
        {
            var at = question.Pointer + "/cv";
            foreach (var name in ClientTexts.Append("tip"))
            {
                CheckText(draft, question.Cv, name, at, isForClients && name != "tip", isRequired: name == "text");
            }

            CheckOptions(draft, question.Schema, question.Pointer, isForClients);
            CheckScale(draft, question, isForClients);
        }
    }

    private static void CheckInstrument(InstrumentDraft draft, bool isForClients)
    {
        CheckText(draft, draft.Cv, "title", "/cv", isShort: false, isRequired: true);
        CheckText(draft, draft.Cv, "purpose", "/cv", isShort: false, isRequired: true);
        CheckText(draft, draft.Cv.Member("fits") ?? default, "reason", "/cv/fits", isShort: false, isRequired: false);
        foreach (var (index, section) in draft.Cv.Items("sections").Index())
        {
            CheckText(draft, section, "title", $"/cv/sections/{index}", isForClients, isRequired: true);
        }

        var domains = draft.Cv.Member("scoring") is { } scoring ? scoring.Items("domains") : [];
        foreach (var (index, domain) in domains.Index())
        {
            CheckText(draft, domain, "title", $"/cv/scoring/domains/{index}", isShort: false, isRequired: true);
        }
    }

    private static void CheckOptions(InstrumentDraft draft, JsonElement schema, string at, bool isForClients)
    {
        foreach (var (index, option) in schema.Items("oneOf").Index())
        {
            CheckText(draft, option.Member("cv") ?? default, "text", $"{at}/oneOf/{index}/cv", isForClients, isRequired: true);
        }

        foreach (var (index, step) in (schema.Member("cv") ?? default).Items("steps").Index())
        {
            CheckText(draft, step, "text", $"{at}/cv/steps/{index}", isForClients, isRequired: true);
        }

        if (schema.Member("items") is { } items)
        {
            CheckOptions(draft, items, at + "/items", isForClients);
        }
    }

    // A scale has its texts in its own file; which languages it needs, the instrument that uses it says.
    private static void CheckScale(InstrumentDraft draft, DraftQuestion question, bool isForClients)
    {
        if (draft.ScaleOf(question) is not { } scale)
        {
            return;
        }

        var texts = scale.Items("oneOf").Select(option => option.Member("cv") ?? default)
            .Concat((scale.Member("cv") ?? default).Items("steps"))
            .Select(holder => holder.Member("text"))
            .OfType<JsonElement>();
        foreach (var text in texts)
        {
            foreach (var language in draft.Languages.Where(language => string.IsNullOrWhiteSpace(text.Text(language))))
            {
                draft.Fault(question.Pointer, "language-missing", $"A text of the scale of this question is missing in '{language}'; add it in the scale's file.");
            }

            if (isForClients && text.Text("nl") is { } dutch)
            {
                CheckLength(draft, dutch, question.Pointer);
            }
        }
    }

    private static void CheckText(InstrumentDraft draft, JsonElement holder, string name, string at, bool isShort, bool isRequired)
    {
        if (holder.Member(name) is not { } texts)
        {
            if (isRequired)
            {
                draft.Fault(at, "language-missing", $"There is no {name}; add it in {string.Join(", ", draft.Languages)}.");
            }

            return;
        }

        var pointer = $"{at}/{name}";
        foreach (var language in draft.Languages.Append("nl").Distinct().Where(language => string.IsNullOrWhiteSpace(texts.Text(language))))
        {
            draft.Fault(pointer, "language-missing", $"This text is missing in '{language}'; add it, or take the language out of cv.languages.");
        }

        if (isShort && texts.Text("nl") is { } dutch)
        {
            CheckLength(draft, dutch, pointer + "/nl");
        }
    }

    private static void CheckLength(InstrumentDraft draft, string text, string pointer)
    {
        if (ReadingLevel.Sentences(text).Any(sentence => ReadingLevel.Words(sentence).Count > MostWords))
        {
            draft.Fault(pointer, "sentence-too-long", $"A sentence here has more than {MostWords} words; make two of it.");
        }
    }
}
