using ClientVoice.Conversations.Quotes;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>Which words were released, and when: released again they are other words.</summary>
internal readonly record struct ReleasedFrom(Guid Conversation, string Question, DateTimeOffset DecidedAt);

/// <summary>Somebody's own words that stand beside the figures.</summary>
/// <param name="About">The question at which they were said.</param>
internal sealed record ReleasedQuote(ReleasedFrom From, LocalText About, string Text);

/// <summary>Own words for whoever shows outcomes: only what the quality officer released, and only beside figures that are shown.</summary>
internal sealed class ReleasedWords(OutcomesReader reader, QuoteStore quotes, ICatalogue catalogue)
{
    /// <summary>The words beside an answer, in the order of the questions and in no order that says whose they are.</summary>
    public async Task<IReadOnlyList<ReleasedQuote>> BesideAsync(int publication, OutcomeQuestion question, OutcomeAnswer answer, Guid personId, CancellationToken cancel)
    {
        if (await reader.WordsBesideAsync(publication, question, answer, catalogue, cancel) is not { } words)
        {
            return [];
        }

        var order = catalogue.Current.Find(words.InstrumentId, words.Version)!.Questions.Select((q, i) => (q, i)).ToDictionary(x => x.q.Id);
        return [.. (await quotes.ReleasedAsync(words, personId, cancel))
            .OrderBy(q => order.TryGetValue(q.Question, out var at) ? at.i : int.MaxValue)
            .Select(q => new ReleasedQuote(new ReleasedFrom(q.Conversation, q.Question, q.DecidedAt!.Value), order.TryGetValue(q.Question, out var at) ? at.q.Text : new LocalText(q.Question, null), q.Text))];
    }

    /// <summary>Whose words those of these conversations are: what holds them is under their keys.</summary>
    public Task<IReadOnlyList<Guid>> SpeakersAsync(IReadOnlyCollection<Guid> conversations, CancellationToken cancel) => quotes.SpeakersAsync(conversations, cancel);

    /// <summary>Those of some words that still stand as they were released, with consent. The others were taken back, corrected or erased.</summary>
    public async Task<IReadOnlyDictionary<ReleasedFrom, string>> StandingAsync(IReadOnlyCollection<ReleasedFrom> words, CancellationToken cancel)
    {
        var released = (await quotes.StandingAsync([.. words.Select(w => w.Conversation).Distinct()], cancel)).ToDictionary(q => new ReleasedFrom(q.Conversation, q.Question, q.DecidedAt!.Value), q => q.Text);
        return words.Where(released.ContainsKey).ToDictionary(w => w, w => released[w]);
    }
}
