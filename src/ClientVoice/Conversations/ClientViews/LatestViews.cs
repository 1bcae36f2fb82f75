// What each of those around a client said last, to be laid side by side. Pure.
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Conversations.ClientViews;

/// <summary>One side: a finished conversation with the instrument version it was held with.</summary>
internal sealed record ClientView(ConversationDocument Document, string SentBy, DateOnly HeldOn, Instrument Instrument);

/// <summary>What one side says about an area of life.</summary>
/// <param name="Title">Of the instrument's own domain.</param>
/// <param name="Score">0-100, 100 is best for the client; null where too few answers were given.</param>
/// <param name="Wishes">What was wished beside it: low without a wish need not be a problem (N7).</param>
internal sealed record AreaView(LocalText Title, double? Score, IReadOnlyList<string> Wishes);

/// <summary>An area of life with what each side says, in the order of the sides; empty where a side said nothing of it.</summary>
internal sealed record AreaRow(LocalText Area, IReadOnlyList<IReadOnlyList<AreaView>> Seen);

/// <summary>Chooses and lays out the sides.</summary>
internal static class LatestViews
{
    /// <summary>Of every perspective and instrument the latest finished conversation that may be opened.</summary>
    /// <param name="talks">Newest first.</param>
    public static IReadOnlyList<ConversationLine> Of(IEnumerable<ConversationLine> talks) =>
        [.. talks.Where(t => t.Outcome == "finished" && !t.IsClosed).DistinctBy(t => (t.InstrumentId, t.Perspective))];

    /// <summary>Whether there is something to lay side by side: two perspectives, or observers, who always look in pairs.</summary>
    public static bool IsWorthwhile(IReadOnlyCollection<ConversationLine> latest) => latest.Select(t => t.Perspective).Distinct().Count() > 1 || latest.Any(t => t.Perspective == "observer");

    /// <summary>The areas of which at least one side said something, in the order in which the instruments ask them.</summary>
    public static IReadOnlyList<AreaRow> Areas(IReadOnlyList<ClientView> views, Language l)
    {
        var seen = views.Select(view => Seen(view, l)).ToList();
        return
        [
            .. views.SelectMany(v => v.Instrument.Domains).Select(d => d.Shared).Distinct()
                .Select(area => new AreaRow(CatalogueTexts.Shared(area), [.. seen.Select(s => (IReadOnlyList<AreaView>)[.. s[area]])]))
                .Where(row => row.Seen.Any(side => side.Count > 0)),
        ];
    }

    /// <summary>The sides that answered the same questions: of one instrument, with the same major version. Only where there are two or more.</summary>
    public static IEnumerable<IReadOnlyList<ClientView>> SameQuestions(IEnumerable<ClientView> views) =>
        views.GroupBy(v => (v.Instrument.Key.Id, Major: v.Instrument.Key.Version.Split('.')[0])).Select(g => g.ToList()).Where(g => g.Count > 1);

    private static ILookup<string, AreaView> Seen(ClientView view, Language l) =>
        view.Instrument.Domains.Zip(view.Instrument.Explain(view.Document.Answers))
            .Where(pair => pair.Second.Result.Answered > 0)
            .ToLookup(pair => pair.First.Shared, pair => new AreaView(pair.First.Title, pair.Second.Result.Score, Wishes(view, pair.Second, l)));

    private static IReadOnlyList<string> Wishes(ClientView view, DomainTrace trace, Language l) =>
    [
        .. from question in view.Instrument.Questions
           where question.WishOf is not null && trace.Steps.Any(step => step.QuestionId == question.WishOf)
           where view.Document.Answers.TryGetProperty(question.Id, out _)
           select ConversationTexts.Answer(question, view.Document.Answers.GetProperty(question.Id), l) into said
           where said is not null
           group said by said into same
           select same.Count() == 1 ? same.Key : $"{same.Key} ({same.Count()}×)",
    ];
}
