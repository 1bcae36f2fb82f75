using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments.Checks;

/// <summary>Every scored domain can have a score.</summary>
internal static class ScoringChecks
{
    public static void Check(InstrumentDraft draft)
    {
        var domains = draft.Cv.Member("scoring") is { } scoring ? scoring.Items("domains") : [];
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, domain) in domains.Index())
        {
            var at = $"/cv/scoring/domains/{index}";
            if (!ids.Add(domain.Text("id") ?? ""))
            {
                draft.Fault(at, "domain-twice", "Another domain has this id already; give each its own.");
            }

            if (!domain.Items("questions").Any())
            {
                draft.Fault(at, "domain-without-questions", "The domain has no questions, so it never has a score; name its questions or remove it.");
            }

            foreach (var (place, scored) in domain.Items("questions").Index())
            {
                CheckQuestion(draft, scored.Text("question") ?? "", $"{at}/questions/{place}");
                if (scored.Number("weight") is not > 0)
                {
                    draft.Fault($"{at}/questions/{place}", "schema-not-valid", "A weight is a number above 0; correct it.");
                }
            }
        }
    }

    private static void CheckQuestion(InstrumentDraft draft, string id, string at)
    {
        if (!draft.Questions.TryGetValue(id, out var question))
        {
            draft.Fault(at, "scored-question-unknown", $"The domain names '{id}', which is no question here; correct the id.");
        }
        else if (question.Form is { IsScored: false })
        {
            draft.Fault(at, "scored-question-without-scores", $"No answer to '{id}' has a score; give its options scores (a figure: a scoreRange) or take it out of the domain.");
        }
    }
}
