using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments.Checks;

/// <summary>Every question has one place, in the right order, and leads to nothing that is not there.</summary>
internal static class StructureChecks
{
    public static void Check(InstrumentDraft draft)
    {
        CheckSections(draft);
        CheckForms(draft);
        CheckClosing(draft);
        CheckWishes(draft);
        foreach (var (index, pair) in draft.Cv.Items("pairs").Index())
        {
            foreach (var name in new[] { "question", "reversed" })
            {
                if (pair.Text(name) is { } id && !draft.Questions.ContainsKey(id))
                {
                    draft.Fault($"/cv/pairs/{index}/{name}", "pair-question-unknown", $"The pair names '{id}', which is no question here; correct the id or remove the pair.");
                }
            }
        }
    }

    private static void CheckSections(InstrumentDraft draft)
    {
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (section, at) in draft.Cv.Items("sections").Select((section, index) => (section, $"/cv/sections/{index}/questions")))
        {
            foreach (var (index, id) in section.Texts("questions").Index())
            {
                if (!draft.Questions.ContainsKey(id))
                {
                    draft.Fault($"{at}/{index}", "section-question-unknown", $"The section names '{id}', which is no question here; correct the id or add the question.");
                }
                else if (!placed.Add(id))
                {
                    draft.Fault($"{at}/{index}", "question-in-two-sections", $"Question '{id}' stands in the sections twice; keep it in one place.");
                }
            }
        }

        foreach (var question in draft.Questions.Values.Where(question => !placed.Contains(question.Id)))
        {
            draft.Fault(question.Pointer, "question-not-in-section", $"Question '{question.Id}' stands in no section and would never be asked; name it in one section.");
        }
    }

    private static void CheckForms(InstrumentDraft draft)
    {
        if (draft.Questions.Count == 0)
        {
            draft.Fault("/properties", "schema-not-valid", "There are no questions; add at least one under properties.");
        }

        foreach (var question in draft.Questions.Values)
        {
            // A missing reference is reported where the bundle is made.
            if (question.Form is null && question.Schema.Member("$ref") is null && question.Schema.Member("items").Member("$ref") is null)
            {
                draft.Fault(question.Pointer, "schema-not-valid", $"It cannot be told how question '{question.Id}' is answered; give it a $ref to a scale, options under oneOf, or a type.");
            }

            ScaleChecks.CheckOptions(question.Schema, question.Pointer, draft.Fault);
        }
    }

    private static void CheckClosing(InstrumentDraft draft)
    {
        if (draft.Subject != "client" || draft.Order.Count == 0)
        {
            return;
        }

        var closing = draft.Order.Where(id => draft.Questions[id].Cv.Text("role") == "closing").ToList();
        if (closing.Count == 0)
        {
            draft.Fault("/cv/sections", "closing-missing", "An instrument about a client ends with an open question; add one with role 'closing' as the last: 'Heb je alles kunnen delen wat je wilde delen?'");
        }
        else if (draft.Order[^1] != closing[^1] || closing.Count > 1)
        {
            draft.Fault(draft.Questions[closing[0]].Pointer, "closing-not-last", "There must be one closing question and it must be the very last; move it to the end of the last section.");
        }
        else if (draft.Questions[closing[0]].Form is { Kind: not AnswerKind.Text })
        {
            draft.Fault(draft.Questions[closing[0]].Pointer, "closing-missing", "The closing question must be open; let it refer to ../scales/free-text.json.");
        }
    }

    private static void CheckWishes(InstrumentDraft draft)
    {
        foreach (var question in draft.Questions.Values)
        {
            if (question.Cv.Text("wishOf") is not { } of)
            {
                continue;
            }

            var at = draft.Order.ToList().IndexOf(question.Id);
            if (!draft.Questions.ContainsKey(of) || of == question.Id)
            {
                draft.Fault(question.Pointer + "/cv/wishOf", "wish-unknown-question", $"'{question.Id}' is the wish of '{of}', which is no other question here; correct the id.");
            }
            else if (at >= 0 && (at == 0 || draft.Order[at - 1] != of))
            {
                draft.Fault(question.Pointer + "/cv/wishOf", "wish-not-after-question", $"A wish is asked on one screen with its question; put '{question.Id}' right after '{of}' in the sections.");
            }
        }
    }
}
