using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Conversations;

/// <summary>What several people saw of one client or one place, question by question. Differences are kept, never averaged.</summary>
public sealed class Comparison
{
    private Comparison(IReadOnlyList<View> views, IReadOnlyList<ComparedQuestion> rows) => (Views, Rows) = (views, rows);

    internal IReadOnlyList<View> Views { get; }

    /// <summary>The questions to which at least one of them said something, in the instrument's order.</summary>
    internal IReadOnlyList<ComparedQuestion> Rows { get; }

    /// <summary>On how many questions they saw something different.</summary>
    internal int Different => Rows.Count(row => row.Differs);

    internal static Comparison Of(IReadOnlyList<View> views, IReadOnlyList<Question> questions, Language l) =>
        new(views, [.. questions.Select(question => Compare(question, views, l)).Where(row => row.Seen.Any(seen => seen.Answer is not null || seen.Words is not null))]);

    private static ComparedQuestion Compare(Question question, IReadOnlyList<View> views, Language l)
    {
        var seen = views.Select(o => new Seen(
            o.Document.Answers.TryGetProperty(question.Id, out var given) ? ConversationTexts.Answer(question, given, l) : null,
            o.Document.Words.GetValueOrDefault(question.Id))).ToList();
        // Own words always differ, and two moments are two moments; only what was judged can be compared. Who was not asked
        // or passed it over has no other view.
        var comparable = question.Kind != AnswerKind.Text && question.Role is null;
        return new ComparedQuestion(l[question.Text], seen, comparable && seen.Select(s => s.Answer).OfType<string>().Distinct().Count() > 1);
    }
}

/// <summary>One of those who looked.</summary>
/// <param name="Address">Where what this one said can be read whole.</param>
/// <param name="Name">Who, in the language of the page.</param>
/// <param name="Note">What a reader needs to weigh it: relation, day.</param>
internal sealed record View(string Address, string Name, string Note, IAnsweredDocument Document);

/// <summary>What one of them said; null where nothing was.</summary>
internal sealed record Seen(string? Answer, string? Words);

/// <summary>A question with what each of them saw, in their order.</summary>
internal sealed record ComparedQuestion(string Question, IReadOnlyList<Seen> Seen, bool Differs);
