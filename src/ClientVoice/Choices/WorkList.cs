// What a tablet takes along: who is due, with which instrument, and the key that proves a receipt.
using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Choices.Due;
using ClientVoice.Clients;
using ClientVoice.Instruments;
using ClientVoice.Shell;

namespace ClientVoice.Choices;

/// <summary>Answers <c>GET /api/work</c>.</summary>
internal sealed class WorkList(ClientStore clients, ChoiceStore choices, DuePlans plans, StaffStore staff, IPastConversations past, ICatalogue catalogue, ServiceKeys keys, TimeProvider time)
{
    public async Task<WorkAnswer> ForAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        var personId = user.PersonId();
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var groups = (await clients.GroupsAsync(cancel)).ToDictionary(g => g.Id);
        var all = (await choices.AllAsync(cancel)).ToLookup(c => c.GroupId);
        // A farewell can be made good for as long as it could have come before: then the tablet lets go of who left.
        var leftSince = today.AddDays(-ClientTurn.DaysBefore);
        var history = (await past.OfScopeAsync(personId, cancel)).ToLookup(p => p.ClientId);
        var decided = await plans.OfScopeAsync(personId, cancel);
        var state = catalogue.Current;
        var here = await clients.InScopeAsync(personId, today, cancel, leftSince);
        var names = await staff.NamesAsync([.. here.Select(c => c.RegularWorkerId).Concat(decided.Values.Select(d => d.PersonId)).OfType<Guid>().Distinct()], cancel);
        var people = here
            .Select(client => (Client: client, Row: Row(client, groups[client.GroupId], client.IsAsked ? all[client.GroupId].Where(c => IsHere(client) ? c.HoldsOn(today) : ClientTurn.AsksWhoLeft(c, client.UntilOn, leftSince)) : [], [.. history[client.Id]], decided, names, state, personId, today)))
            .Where(c => c.Row.Due.Count > 0 || IsHere(c.Client))
            .Select(c => c.Row)
            .OrderBy(row => row.Due.Count == 0 ? DateOnly.MaxValue : row.Due[0].DueOn)
            .ThenBy(row => row.Name, StringComparer.CurrentCultureIgnoreCase)
            .ToList();
        return new WorkAnswer(
            new WorkPerson(personId, user.PersonName(), user.PersonRole()),
            time.GetUtcNow(),
            await keys.ReceiptKeyAsync(cancel),
            people,
            [.. people.SelectMany(p => p.Due).Select(d => d.Instrument).Distinct().Select(key => Describe(state, key))]);

        bool IsHere(Client client) => client.UntilOn is null || client.UntilOn >= today;
    }

    private static WorkClient Row(
        Client client, ClientGroup group, IEnumerable<Choice> running, List<PastConversation> past, IReadOnlyDictionary<(Guid Client, Guid Choice), DuePlan> decided, IReadOnlyDictionary<Guid, string> names, CatalogueState state, Guid personId, DateOnly today)
    {
        var due = new List<WorkDue>();
        foreach (var choice in running)
        {
            if (state.Newest(choice.InstrumentId) is not { } instrument)
            {
                continue;
            }

            List<PastConversation> before = [.. past.Where(p => p.InstrumentId == choice.InstrumentId && p.Perspective == choice.Perspective)];
            if (DueRule.DueOn(choice, client.Presence, before, personId, instrument.DifferentObservers, today) is { } rule)
            {
                var plan = decided.GetValueOrDefault((client.Id, choice.Id));
                var day = PlanRule.Within(PlanRule.After(rule, plan, before), DueFacts.Asked(choice, past), group.MostPerYear);
                var waiting = DueRule.Waiting(choice, before, instrument.DifferentObservers) is { } round && round.IsOpenOn(today) ? round : null;
                due.Add(new WorkDue(
                    choice.Id, instrument.Key, choice.Perspective, day, DueRule.State(day, today), choice.RegularWorkerMayLead, PlanRule.Leader(choice, plan, before, client.RegularWorkerId) is { } leader ? names.GetValueOrDefault(leader) : null,
                    waiting is null ? null : new WorkWaiting(waiting.Members[0].HeldOn, instrument.DifferentObservers ? [.. waiting.Members.Select(m => m.ConductorRelation).Distinct()] : []), choice.Anonymous));
            }
        }

        return new WorkClient(
            client.Id, client.Name, client.ShortName,
            new WorkGroup(group.Id, group.Name),
            new WorkPlace(client.PlaceId, client.PlaceName),
            client.Communication,
            client.RegularWorkerId == personId,
            past.Count == 0 ? null : past.Max(p => p.HeldOn),
            [.. due.OrderBy(d => d.DueOn)]);
    }

    private static WorkInstrument Describe(CatalogueState state, InstrumentKey key)
    {
        var instrument = state.Find(key.Id, key.Version)!;
        return new WorkInstrument(key.Id, key.Version, instrument.Sha256, instrument.Title, instrument.Kind);
    }
}

/// <summary>The answer to <c>GET /api/work</c>.</summary>
internal sealed record WorkAnswer(WorkPerson Person, DateTimeOffset MadeAt, ReceiptKey ReceiptKey, IReadOnlyList<WorkClient> Clients, IReadOnlyList<WorkInstrument> Instruments);

internal sealed record WorkPerson(Guid Id, string Name, string Role);

internal sealed record WorkGroup(Guid Id, LocalText Name);

internal sealed record WorkPlace(Guid Id, string Name);

/// <summary>A client on the work list, soonest due first.</summary>
/// <param name="RegularWorker">This person is the client's regular worker.</param>
/// <param name="LastOn">Day of the last conversation, of whatever outcome.</param>
internal sealed record WorkClient(
    Guid Id, string Name, string ShortName, WorkGroup Group, WorkPlace Place, string Communication, bool RegularWorker, DateOnly? LastOn, IReadOnlyList<WorkDue> Due);

/// <summary>A conversation to hold.</summary>
/// <param name="State"><c>overdue</c>, <c>due</c> or <c>upcoming</c>.</param>
/// <param name="Leader">The name of who asks; null: nobody in particular.</param>
/// <param name="Waiting">Others have observed, and another observer is asked; null where nobody waits.</param>
/// <param name="Anonymous">Whether it may be answered without a name.</param>
internal sealed record WorkDue(Guid Choice, InstrumentKey Instrument, string Perspective, DateOnly DueOn, string State, bool RegularWorkerMayLead, string? Leader, WorkWaiting? Waiting, bool Anonymous);

/// <summary>An observation that waits for another observer. Nothing of what was seen is in it.</summary>
/// <param name="Since">The day of the first observation.</param>
/// <param name="Relations">The relations to the client that the next observer should not have; empty where any will do.</param>
internal sealed record WorkWaiting(DateOnly Since, IReadOnlyList<string> Relations);

internal sealed record WorkInstrument(string Id, string Version, string Sha256, LocalText Title, string Kind);
