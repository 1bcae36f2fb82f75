using ClientVoice.Shell;

namespace ClientVoice.Instruments;

/// <summary>What can differ between two versions.</summary>
internal enum ChangeKind
{
    /// <summary>A question that was not there.</summary>
    Added,

    /// <summary>A question that is no longer there.</summary>
    Removed,

    /// <summary>The same question in other words.</summary>
    TextChanged,

    /// <summary>The same question with other answers, or answers that count otherwise.</summary>
    OptionsChanged,

    /// <summary>A domain that is scored otherwise.</summary>
    ScoringChanged,
}

/// <summary>One difference.</summary>
/// <param name="Id">Of the question; of the domain at <see cref="ChangeKind.ScoringChanged"/>.</param>
/// <param name="Before">The question's text, or the answers in words; null where it was not there.</param>
/// <param name="After">The same in the later version; null where it is gone.</param>
internal sealed record VersionChange(ChangeKind Kind, string Id, LocalText? Before, LocalText? After)
{
    /// <summary>The earlier question with which the trend of an added one goes on.</summary>
    public string? ComparableWith { get; init; }
}

/// <summary>Lays two versions of an instrument side by side. Pure.</summary>
internal static class VersionComparison
{
    /// <summary>What differs, in the order of the later version and then what was removed.</summary>
    public static IReadOnlyList<VersionChange> Between(Instrument before, Instrument after)
    {
        var old = before.Questions.ToDictionary(question => question.Id);
        var ids = after.Questions.Select(question => question.Id).ToHashSet();
        return
        [
            .. after.Questions.SelectMany(question => old.TryGetValue(question.Id, out var was) ? Changes(was, question) : [Added(question)]),
            .. before.Questions.Where(question => !ids.Contains(question.Id)).Select(question => new VersionChange(ChangeKind.Removed, question.Id, question.Text, null)),
            .. Scoring(before, after),
        ];
    }

    /// <summary>Whether answers to both can stand in one line over time: the same codes, counting the same.</summary>
    public static bool IsComparable(Question before, Question after) =>
        before.Kind == after.Kind
        && before.Range == after.Range
        && before.Reversed == after.Reversed
        && before.Options.Select(Counts).ToHashSet().SetEquals(after.Options.Select(Counts));

    private static VersionChange Added(Question question) =>
        new(ChangeKind.Added, question.Id, null, question.Text) { ComparableWith = question.ComparableWith };

    private static IEnumerable<VersionChange> Changes(Question before, Question after)
    {
        if (before.Text != after.Text)
        {
            yield return new VersionChange(ChangeKind.TextChanged, after.Id, before.Text, after.Text);
        }

        if (!IsComparable(before, after) || !before.Options.Select(option => option.Text).SequenceEqual(after.Options.Select(option => option.Text)))
        {
            yield return new VersionChange(ChangeKind.OptionsChanged, after.Id, Answers(before), Answers(after));
        }
    }

    // A domain that came or went shows in its questions already.
    private static IEnumerable<VersionChange> Scoring(Instrument before, Instrument after)
    {
        var old = before.Rules.ToDictionary(rule => rule.DomainId);
        foreach (var (domain, rule) in after.Domains.Zip(after.Rules))
        {
            if (old.TryGetValue(rule.DomainId, out var was) && (was.MaxMissing != rule.MaxMissing || !was.Questions.ToHashSet().SetEquals(rule.Questions)))
            {
                yield return new VersionChange(ChangeKind.ScoringChanged, rule.DomainId, domain.Title, domain.Title);
            }
        }
    }

    private static (string Code, double? Score) Counts(Option option) => (option.Code, option.Score);

    private static LocalText Answers(Question question) => question.Kind switch
    {
        AnswerKind.Choice or AnswerKind.Choices => new LocalText(
            string.Join(", ", question.Options.Select(option => option.Text.Nl)), string.Join(", ", question.Options.Select(option => option.Text.In("en")))),
        AnswerKind.Number => new LocalText($"een cijfer van {question.Range?.Minimum} tot {question.Range?.Maximum}", $"a figure from {question.Range?.Minimum} to {question.Range?.Maximum}"),
        AnswerKind.Text => new LocalText("eigen woorden", "own words"),
    };
}
