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
internal sealed record DueLine(
    Guid ClientId, string Client, Guid PlaceId, string Place, Guid GroupId, Guid ChoiceId, LocalText Instrument, string Perspective,
    DateOnly DueOn, string State, DateOnly? LastOn, Guid? LeaderId, DuePlan? Plan, bool IsPostponed, NotReached Why);

/// <summary>Makes the list of who is due.</summary>
internal sealed class DueReader(
    ClientStore clients, ClientRegister register, ChoiceStore choices, DuePlans plans, IPastConversations past, ICatalogue catalogue, TimeProvider time)
{
    /// <summary>Everything that is to be held with the clients in a person's scope, soonest first.</summary>
    public async Task<IReadOnlyList<DueLine>> OfScopeAsync(Guid person, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var groups = (await clients.GroupsAsync(cancel)).ToDictionary(g => g.Id);
        var running = (await choices.AllAsync(cancel)).Where(c => c.UntilOn is null || c.UntilOn >= today).ToLookup(c => c.GroupId);
        var history = (await past.OfScopeAsync(person, cancel)).ToLookup(p => p.ClientId);
        var decided = await plans.OfScopeAsync(person, cancel);
        var moves = await register.LastMovesAsync(cancel);
        var lines = new List<DueLine>();
        foreach (var client in (await clients.InScopeAsync(person, today, cancel)).Where(c => c.IsAsked))
        {
            List<PastConversation> all = [.. history[client.Id]];
            foreach (var choice in running[client.GroupId])
            {
                if (catalogue.Current.Newest(choice.InstrumentId) is { } instrument
                    && LineOf(client, choice, instrument, all, decided.GetValueOrDefault((client.Id, choice.Id)), moves.GetValueOrDefault(client.Id), groups[client.GroupId].MostPerYear, today) is { } line)
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
        if (DueRule.DueOn(choice, (client.Id, client.FromOn, client.UntilOn), before, Guid.Empty, instrument.DifferentObservers, today) is not { } rule)
        {
            return null;
        }

        var holds = plan is not null && PlanRule.Holds(plan, before) ? plan : null;
        var due = PlanRule.Within(PlanRule.After(rule, holds, before), Asked(choice, all), mostPerYear);
        return new DueLine(
            client.Id, client.Name, client.PlaceId, client.PlaceName, client.GroupId, choice.Id, instrument.Title, choice.Perspective,
            due, DueRule.State(due, today), all.Count == 0 ? null : all.Max(p => p.HeldOn),
            PlanRule.Leader(choice, holds, before, client.RegularWorkerId), holds, holds?.PostponedOn > rule,
            PlanRule.Why(client.FromOn, all, holds?.PostponedOn is not null, movedOn, today));
    }

    /// <summary>The days that count against the limit: those on which the client was asked. An observer asks the client nothing.</summary>
    public static IEnumerable<DateOnly> Asked(Choice choice, IEnumerable<PastConversation> all) =>
        choice.Perspective == "client" ? all.Where(p => p.Perspective == "client").Select(p => p.HeldOn) : [];
}
