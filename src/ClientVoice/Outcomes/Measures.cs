using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>Something that is measured with one version of an instrument.</summary>
/// <param name="Id"><c>mijn-verhaal@1.0/domain/home</c>.</param>
/// <param name="Kind">One of <see cref="MeasureKinds"/>.</param>
/// <param name="Index">Its place in the sheet.</param>
/// <param name="Question">The question; null for a domain.</param>
/// <param name="Parts">The questions of a domain, by their place in the sheet.</param>
internal sealed record Measure(string Id, string Kind, string Code, LocalText Text, string? Shared, string? WishOf, int Index, Question? Question, IReadOnlyList<int> Parts)
{
    private readonly Dictionary<string, int> positions = Question?.Options.Select((o, i) => (o.Code, i)).ToDictionary(x => x.Code, x => x.i) ?? [];

    /// <summary>The place of an option among those of the question; -1 where it has no such option.</summary>
    public int Position(string option) => positions.GetValueOrDefault(option, -1);

    /// <summary>The measure of the version before with which this one is one line over time; null at a break.</summary>
    public string? Continues { get; init; }

    /// <summary>The wish about this question, by its place in the sheet; null where it has none.</summary>
    public int? Wish { get; init; }
}

/// <summary>The kinds of measure.</summary>
internal static class MeasureKinds
{
    /// <summary>An area of life as the instrument scores it.</summary>
    public const string Domain = "domain";

    /// <summary>One of the ten areas that all instruments share: the mean of a person's scored answers to the questions that name it.</summary>
    public const string Shared = "shared";

    /// <summary>A question.</summary>
    public const string Question = "question";
}

/// <summary>Everything that one version of an instrument measures, in order.</summary>
internal sealed class MeasureSheet
{
    private readonly Dictionary<string, Measure> questions;
    private readonly Dictionary<string, Measure> domains;

    public MeasureSheet(Instrument instrument, Instrument? before)
    {
        Instrument = instrument;
        var key = instrument.Key.ToString();
        var asked = instrument.Questions.Where(q => q.Kind != AnswerKind.Text).ToList();
        var shared = asked.Where(CountsForShared).GroupBy(q => q.Domain!).ToList();
        var first = instrument.Domains.Count + shared.Count;
        var at = asked.Select((q, i) => (q.Id, Index: first + i)).ToDictionary(x => x.Id, x => x.Index);
        var all = new List<Measure>();
        foreach (var (domain, i) in instrument.Domains.Select((d, i) => (d, i)))
        {
            var parts = i < instrument.Rules.Count ? instrument.Rules[i].Questions.Where(q => at.ContainsKey(q.QuestionId)).Select(q => at[q.QuestionId]) : [];
            all.Add(new Measure($"{key}/domain/{domain.Id}", MeasureKinds.Domain, domain.Id, domain.Title, domain.Shared, null, all.Count, null, [.. parts])
            {
                Continues = Comparability.Domain(before, instrument, domain.Id),
            });
        }

        foreach (var area in shared)
        {
            all.Add(new Measure($"{key}/shared/{area.Key}", MeasureKinds.Shared, area.Key, CatalogueTexts.Shared(area.Key), area.Key, null, all.Count, null, [.. area.Select(q => at[q.Id])])
            {
                Continues = Comparability.Shared(before, instrument, area.Key),
            });
        }

        foreach (var question in asked)
        {
            var wish = asked.FirstOrDefault(q => q.WishOf == question.Id);
            all.Add(new Measure(
                $"{key}/question/{question.Id}", MeasureKinds.Question, question.Id, question.Text, question.Domain,
                question.WishOf is { } about ? $"{key}/question/{about}" : null, all.Count, question, [])
            {
                Continues = Comparability.Question(before, instrument, question),
                Wish = wish is null ? null : at[wish.Id],
            });
        }

        All = all;
        questions = all.Where(m => m.Kind == MeasureKinds.Question).ToDictionary(m => m.Code);
        domains = all.Where(m => m.Kind == MeasureKinds.Domain).ToDictionary(m => m.Code);
        SharedDomain = [.. all.Where(m => m.Kind == MeasureKinds.Shared)];
    }

    public Instrument Instrument { get; }

    public IReadOnlyList<Measure> All { get; }

    /// <summary>The areas that all instruments share, as far as this one asks about them.</summary>
    public IReadOnlyList<Measure> SharedDomain { get; }

    /// <summary>The sheets of a catalogue, by instrument and version.</summary>
    public static IReadOnlyDictionary<string, MeasureSheet> Of(IReadOnlyList<Instrument> instruments) => instruments
        .GroupBy(i => i.Key.Id)
        .SelectMany(versions => versions.OrderBy(Comparability.Number).Select((version, i) => (version, Before: i == 0 ? null : versions.OrderBy(Comparability.Number).ElementAt(i - 1))))
        .ToDictionary(x => x.version.Key.ToString(), x => new MeasureSheet(x.version, x.Before));

    public Measure? Question(string id) => questions.GetValueOrDefault(id);

    public Measure? Domain(string id) => domains.GetValueOrDefault(id);

    // Wishes and check questions say nothing about how an area is.
    private static bool CountsForShared(Question question) =>
        question.Domain is not null && question.WishOf is null && question.Role is null
        && (question.Options.Any(o => o.Score is not null) || question.Range?.ScoreFrom is not null);
}
