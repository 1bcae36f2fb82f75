// Pure arithmetic from facts to cells. One person counts once per period and perspective, with the latest
// finished conversation; perspectives and instrument versions are never mixed.
using ClientVoice.Clients;
using ClientVoice.Conversations;

namespace ClientVoice.Outcomes;

/// <summary>Counts.</summary>
internal static class Aggregation
{
    private static readonly Dictionary<string, int> NoOptions = [];

    /// <param name="ancestors">Of each place, itself included.</param>
    /// <param name="newest">The newest version of each instrument, for those who were not reached yet.</param>
    public static RawTable Count(
        OutcomeFacts facts, IReadOnlyList<ClientPresence> presences, ILookup<Guid, Guid> ancestors, IReadOnlyDictionary<string, string> newest, DateOnly today)
    {
        if (facts.Conversations.Count == 0)
        {
            return new RawTable([], [], []);
        }

        var periods = Period.Between(facts.Conversations.Min(c => c.HeldOn), today);
        var byPeriod = facts.Conversations
            .SelectMany(c => (string[])[Period.Quarter(c.HeldOn).Id, Period.Year(c.HeldOn).Id], (c, period) => (c, period))
            .ToLookup(x => x.period, x => x.c);
        var answers = facts.Answers.ToLookup(a => a.ConversationId);
        var domains = facts.Domains.ToLookup(d => d.ConversationId);
        return new RawTable(
            [.. periods.SelectMany(p => Cells(p, byPeriod[p.Id], answers, domains, ancestors))],
            [.. periods.SelectMany(p => new Participation(facts, presences, ancestors, newest, today).Count(p, [.. byPeriod[p.Id]]))],
            periods);
    }

    private static IEnumerable<RawCell> Cells(
        Period period, IEnumerable<HeldConversation> held, ILookup<Guid, GivenAnswer> answers, ILookup<Guid, GivenDomain> domains, ILookup<Guid, Guid> ancestors)
    {
        var cells = new Dictionary<(Block Block, string Measure), (List<double> Scores, Dictionary<string, int> Options)>();
        var counted = held.Where(c => c.Outcome == "finished")
            .GroupBy(c => (c.ClientId, c.InstrumentId, c.InstrumentVersion, c.Perspective))
            .Select(g => g.MaxBy(c => (c.EndedAt, c.Id))!);
        foreach (var conversation in counted)
        {
            var instrument = $"{conversation.InstrumentId}@{conversation.InstrumentVersion}";
            foreach (var place in ancestors[conversation.PlaceId])
            {
                var block = new Block(period.Id, place, conversation.GroupId, instrument, conversation.Perspective);
                foreach (var domain in domains[conversation.Id])
                {
                    Cell(block, $"{instrument}/domain/{domain.DomainId}").Scores.Add(domain.Score);
                }

                foreach (var answer in answers[conversation.Id])
                {
                    var cell = Cell(block, $"{instrument}/question/{answer.QuestionId}");
                    if (answer.Score is { } score)
                    {
                        cell.Scores.Add(score);
                    }

                    if (answer.OptionCode is { } option)
                    {
                        cell.Options[option] = cell.Options.GetValueOrDefault(option) + 1;
                    }
                }
            }
        }

        return cells.Select(c => new RawCell(c.Key.Block, c.Key.Measure, c.Value.Scores, c.Value.Options.Count == 0 ? NoOptions : c.Value.Options));

        (List<double> Scores, Dictionary<string, int> Options) Cell(Block block, string measure)
        {
            if (!cells.TryGetValue((block, measure), out var cell))
            {
                cells[(block, measure)] = cell = ([], []);
            }

            return cell;
        }
    }
}
