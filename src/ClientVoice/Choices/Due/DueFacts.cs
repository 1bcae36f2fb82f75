// One rule for a line of who is due, wherever it is made: from what is known of a client and of the choices of the group. Pure.
using System.Security.Cryptography;
using System.Text.Json;
using ClientVoice.Clients;
using ClientVoice.Instruments;

namespace ClientVoice.Choices.Due;

/// <summary>A line as it is kept: no name, no place and no state, which follow from the client and the day of looking.</summary>
/// <param name="PlanId">The decision that holds, whatever it decides.</param>
internal sealed record DueFact(
    Guid ClientId, Guid ChoiceId, DateOnly DueOn, DateOnly? LastOn, Guid? LeaderId, Guid? PlanId, bool IsPostponed, NotReached Why, DueReason Because);

/// <summary>What lines follow from besides the client: the day, and what is chosen and agreed for the groups.</summary>
/// <param name="MostPerYear">The limit of every group; null where it has none.</param>
internal sealed record DueBasis(DateOnly Today, ILookup<Guid, Choice> Choices, IReadOnlyDictionary<Guid, int?> MostPerYear, CatalogueState Catalogue)
{
    /// <summary>How long somebody who left stands on the list with a farewell that nobody asked for: a year, then it will not be held any more.</summary>
    private const int YearsAfterFarewell = 1;

    /// <summary>Who left before this day is not asked any more.</summary>
    public DateOnly LeftSince => Today.AddYears(-YearsAfterFarewell);

    /// <summary>Whether somebody can have lines: is in support by now, and not gone for too long.</summary>
    public bool Covers(ClientPresence client) => client.FromOn <= Today && (client.UntilOn is null || client.UntilOn >= LeftSince);

    /// <summary>Stands for all of this as far as a group goes: lines that were made under another one are made anew. Another build of the program is another one too.</summary>
    public string Of(Guid groupId) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        Program = typeof(DueBasis).Module.ModuleVersionId, Today, groupId, Most = MostPerYear.GetValueOrDefault(groupId),
        Choices = Choices[groupId].Select(choice => new { choice, Different = Catalogue.Newest(choice.InstrumentId)?.DifferentObservers }),
    })));
}

/// <summary>Makes lines.</summary>
internal static class DueFacts
{
    /// <summary>The conversations that are to be held with a client; none with who is not in support yet, left too long ago, or took back being asked.</summary>
    /// <param name="past">Every conversation with the client.</param>
    /// <param name="plans">The decision that counts, by choice.</param>
    public static IEnumerable<DueFact> Of(ClientFacts client, IReadOnlyCollection<PastConversation> past, IReadOnlyDictionary<Guid, DuePlan> plans, DueBasis basis)
    {
        var (who, today) = (client.Presence, basis.Today);
        if (!client.IsAsked || !basis.Covers(who))
        {
            yield break;
        }

        var isHere = who.UntilOn is null || who.UntilOn >= today;
        foreach (var choice in basis.Choices[who.GroupId].Where(c => isHere ? c.UntilOn is null || c.UntilOn >= today : ClientTurn.AsksWhoLeft(c, who.UntilOn, basis.LeftSince)))
        {
            if (basis.Catalogue.Newest(choice.InstrumentId) is { } instrument && Of(client, choice, instrument, past, plans.GetValueOrDefault(choice.Id), basis) is { } fact)
            {
                yield return fact;
            }
        }
    }

    private static DueFact? Of(ClientFacts client, Choice choice, Instrument instrument, IReadOnlyCollection<PastConversation> all, DuePlan? plan, DueBasis basis)
    {
        var who = client.Presence;
        List<PastConversation> before = [.. all.Where(p => p.InstrumentId == choice.InstrumentId && p.Perspective == choice.Perspective)];
        // Nobody in particular: where a round waits for another observer, that is what is due.
        if (DueRule.TurnOf(choice, who, before, Guid.Empty, instrument.DifferentObservers, basis.Today) is not { } turn)
        {
            return null;
        }

        var holds = plan is not null && PlanRule.Holds(plan, before) ? plan : null;
        var due = PlanRule.Within(PlanRule.After(turn.DueOn, holds, before), Asked(choice, all), basis.MostPerYear.GetValueOrDefault(who.GroupId));
        return new DueFact(
            who.Id, choice.Id, due, all.Count == 0 ? null : all.Max(p => p.HeldOn), PlanRule.Leader(choice, holds, before, client.RegularWorkerId), holds?.Id, holds?.PostponedOn > turn.DueOn,
            PlanRule.Why(who.FromOn, all, holds?.PostponedOn is not null, client.MovedOn, basis.Today), new DueReason(turn.Why, turn.Since));
    }

    /// <summary>The days that count against the limit: those on which the client was asked. An observer asks the client nothing.</summary>
    public static IEnumerable<DateOnly> Asked(Choice choice, IEnumerable<PastConversation> all) =>
        choice.Perspective == "client" ? all.Where(p => p.Perspective == "client").Select(p => p.HeldOn) : [];
}
