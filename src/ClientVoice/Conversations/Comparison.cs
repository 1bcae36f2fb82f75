using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Conversations;

/// <summary>What several observers saw of one client, question by question. Differences are kept, never averaged.</summary>
public sealed class Comparison
{
    private Comparison(IReadOnlyList<KeptBeside> observers, IReadOnlyList<ComparedQuestion> rows) => (Observers, Rows) = (observers, rows);

    internal IReadOnlyList<KeptBeside> Observers { get; }

    /// <summary>The questions to which at least one of them said something, in the instrument's order.</summary>
    internal IReadOnlyList<ComparedQuestion> Rows { get; }

    /// <summary>On how many questions they saw something different.</summary>
    internal int Different => Rows.Count(row => row.Differs);

    internal static Comparison Of(IReadOnlyList<KeptBeside> observers, IReadOnlyList<Question> questions, Language l) =>
        new(observers, [.. questions.Select(question => Compare(question, observers, l)).Where(row => row.Seen.Any(seen => seen.Answer is not null || seen.Words is not null))]);

    private static ComparedQuestion Compare(Question question, IReadOnlyList<KeptBeside> observers, Language l)
    {
        var seen = observers.Select(o => new Seen(
            o.Document.Answers.TryGetProperty(question.Id, out var given) ? ConversationTexts.Answer(question, given, l) : null,
            o.Document.Words.GetValueOrDefault(question.Id))).ToList();
        // Own words always differ, and two moments are two moments; only what was judged can be compared.
        var comparable = question.Kind != AnswerKind.Text && question.Role is null;
        return new ComparedQuestion(l[question.Text], seen, comparable && seen.Select(s => s.Answer).Distinct().Count() > 1);
    }
}

/// <summary>What one observer said; null where nothing was.</summary>
internal sealed record Seen(string? Answer, string? Words);

/// <summary>A question with what each observer saw, in their order.</summary>
internal sealed record ComparedQuestion(string Question, IReadOnlyList<Seen> Seen, bool Differs);
