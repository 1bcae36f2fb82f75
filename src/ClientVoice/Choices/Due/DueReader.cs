// Who is due follows from rules in code (rounds of observers, limits, decisions), so the list is made in memory from four reads,
// whatever the number of clients, and filtered, sorted and paged there.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Register;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Choices.Due;

/// <summary>A conversation that is to be held with a client.</summary>
/// <param name="LastOn">The last conversation with this client, whatever the instrument and outcome.</param>
/// <param name="LeaderId">Who asks: as decided, else the regular worker where the choice lets them; null: somebody else than the regular worker.</param>
/// <param name="IsPostponed">Whether a decision moved the day.</param>
/// <param name="Why">Why the client was not reached for three years.</param>
/// <param name="Turn">Why it is due, without decisions and limits.</param>
/// <param name="LeftOn">The last day in support of who left; null for who is there.</param>
internal sealed record DueLine(
    Guid ClientId, string Client, Guid PlaceId, string Place, Guid GroupId, Guid ChoiceId, LocalText Instrument, string Perspective,
    DateOnly DueOn, string State, DateOnly? LastOn, Guid? LeaderId, DuePlan? Plan, bool IsPostponed, NotReached Why, Turn Turn, DateOnly? LeftOn);

/// <summary>Makes the list of who is due.</summary>
internal sealed class DueReader(
    ClientStore clients, ClientRegister register, ChoiceStore choices, DuePlans plans, IPastConversations conversations, ICatalogue catalogue, TimeProvider time)
{
    /// <summary>How long somebody who left stands on the list with a farewell that nobody asked for: a year, then it will not be held any more.</summary>
    private const int YearsAfterFarewell = 1;

    /// <summary>Everything that is to be held with the clients in a person's scope, soonest first.</summary>
    public async Task<IReadOnlyList<DueLine>> OfScopeAsync(Guid person, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var groups = (await clients.GroupsAsync(cancel)).ToDictionary(g => g.Id);
        var (all, leftSince) = ((await choices.AllAsync(cancel)).ToLookup(c => c.GroupId), today.AddYears(-YearsAfterFarewell));
        var history = (await conversations.OfScopeAsync(person, cancel)).ToLookup(p => p.ClientId);
        var decided = await plans.OfScopeAsync(person, cancel);
        var moves = await register.LastMovesAsync(cancel);
        var lines = new List<DueLine>();
        foreach (var client in (await clients.InScopeAsync(person, today, cancel, leftSince)).Where(c => c.IsAsked))
        {
            List<PastConversation> past = [.. history[client.Id]];
            var isHere = client.UntilOn is null || client.UntilOn >= today;
            foreach (var choice in all[client.GroupId].Where(c => isHere ? c.UntilOn is null || c.UntilOn >= today : ClientTurn.AsksWhoLeft(c, client.UntilOn, leftSince)))
            {
                if (catalogue.Current.Newest(choice.InstrumentId) is { } instrument
                    && LineOf(client, choice, instrument, past, decided.GetValueOrDefault((client.Id, choice.Id)), moves.GetValueOrDefault(client.Id), groups[client.GroupId].MostPerYear, today) is { } line)
                {
                    lines.Add(line);
                }
            }
        }

        return [.. lines.OrderBy(l => l.DueOn).ThenBy(l => l.Client, StringComparer.CurrentCultureIgnoreCase).ThenBy(l => l.ChoiceId)];
    }

    private static DueLine? LineOf(Client client, Choice choice, Instrument instrument, List<PastConversation> all, DuePlan? plan, DateOnly? movedOn, int? mostPerYear, DateOnly today)
    {
        List<PastConversation> before = [.. all.Where(p => p.InstrumentId == choice.InstrumentId && p.Perspective == choice.Perspective)];
        // Nobody in particular: where a round waits for another observer, that is what is due.
        if (DueRule.TurnOf(choice, client.Presence, before, Guid.Empty, instrument.DifferentObservers, today) is not { } turn)
        {
            return null;
        }

        var holds = plan is not null && PlanRule.Holds(plan, before) ? plan : null;
        var due = PlanRule.Within(PlanRule.After(turn.DueOn, holds, before), Asked(choice, all), mostPerYear);
        return new DueLine(
            client.Id, client.Name, client.PlaceId, client.PlaceName, client.GroupId, choice.Id, instrument.Title, choice.Perspective,
            due, DueRule.State(due, today), all.Count == 0 ? null : all.Max(p => p.HeldOn),
            PlanRule.Leader(choice, holds, before, client.RegularWorkerId), holds, holds?.PostponedOn > turn.DueOn,
            PlanRule.Why(client.FromOn, all, holds?.PostponedOn is not null, movedOn, today),
            turn, client.UntilOn < today ? client.UntilOn : null);
    }

    /// <summary>The days that count against the limit: those on which the client was asked. An observer asks the client nothing.</summary>
    public static IEnumerable<DateOnly> Asked(Choice choice, IEnumerable<PastConversation> all) =>
        choice.Perspective == "client" ? all.Where(p => p.Perspective == "client").Select(p => p.HeldOn) : [];
}
