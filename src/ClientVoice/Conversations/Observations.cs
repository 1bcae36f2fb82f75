// Which observations belong together, for reading them: nobody reads what another saw before all have looked.
using System.Data.Common;
using ClientVoice.Choices;
using ClientVoice.Database;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>What tells whether a conversation may be an observation for which somebody is still to look.</summary>
internal readonly record struct Observed(Guid ClientId, string InstrumentId, string Perspective, DateOnly HeldOn);

/// <summary>Finds the rounds of observations in what is stored.</summary>
internal sealed class Observations(ICatalogue catalogue, TimeProvider time)
{
    private bool TakesSeveral(string instrumentId, string perspective) => Minimum(catalogue.Current.Newest(instrumentId), perspective) > 1;

    /// <summary>The round of an observation; null of what needs one observer only.</summary>
    public async Task<ObservationRound?> RoundAsync(DbConnection connection, Guid id, Guid client, string instrumentId, CancellationToken cancel) =>
        (await RoundsAsync(connection, [client], [instrumentId], cancel)).FirstOrDefault(round => round.Members.Any(m => m.Id == id));

    /// <summary>Those of some conversations that are observations for which somebody is still to look.</summary>
    /// <param name="conversations">A page of them, or a thousand: the clients of those that may wait are asked for together.</param>
    public async Task<IReadOnlySet<Guid>> WaitingAsync(DbConnection connection, IEnumerable<Observed> conversations, CancellationToken cancel)
    {
        // Of a round that is open the first, and so every other, was held within its days.
        var since = DateOnly.FromDateTime(time.GetLocalNow().DateTime).AddDays(1 - ObservationRounds.Days);
        var may = conversations.Where(c => c.HeldOn >= since && TakesSeveral(c.InstrumentId, c.Perspective)).ToList();
        return may.Count == 0
            ? new HashSet<Guid>()
            : (await RoundsAsync(connection, [.. may.Select(c => c.ClientId).Distinct()], [.. may.Select(c => c.InstrumentId).Distinct()], cancel)).Where(IsOpen).SelectMany(round => round.Members).Select(m => m.Id).ToHashSet();
    }

    private async Task<IReadOnlyList<ObservationRound>> RoundsAsync(DbConnection connection, IReadOnlyList<Guid> clients, IReadOnlyList<string> instruments, CancellationToken cancel)
    {
        var past = await connection.QueryAsync<PastConversation>(new CommandDefinition(
            "SELECT Id, ClientId, InstrumentId, Perspective, PersonId, ConductorRelation, Outcome, HeldOn FROM Conversation WHERE ClientId IN @clients AND InstrumentId IN @instruments",
            new { clients = IdList.Of(clients), instruments }, cancellationToken: cancel));
        return [.. past.GroupBy(c => (c.ClientId, c.InstrumentId, c.Perspective)).SelectMany(group => Rounds(group, group.Key.InstrumentId, group.Key.Perspective))];
    }

    /// <summary>Whether somebody is still to look.</summary>
    public bool IsOpen(ObservationRound? round) =>
        round is not null && round.Members.Any(m => m.Outcome != "refused") && round.IsOpenOn(DateOnly.FromDateTime(time.GetLocalNow().DateTime));

    private static int Minimum(Instrument? instrument, string perspective) => instrument?.Perspectives.GetValueOrDefault(perspective) ?? 1;

    private IEnumerable<ObservationRound> Rounds(IEnumerable<PastConversation> past, string instrumentId, string perspective)
    {
        var instrument = catalogue.Current.Newest(instrumentId);
        var minimum = Minimum(instrument, perspective);
        return minimum > 1 ? ObservationRounds.Of(past, minimum, instrument!.DifferentObservers) : [];
    }
}
