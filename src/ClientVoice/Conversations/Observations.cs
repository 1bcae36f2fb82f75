// Which observations belong together, for reading them: nobody reads what another saw before all have looked.
using System.Data.Common;
using ClientVoice.Choices;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>Finds the rounds of observations in what is stored.</summary>
internal sealed class Observations(ICatalogue catalogue, TimeProvider time)
{
    /// <summary>Whether an instrument takes more than one observer from this perspective.</summary>
    public bool TakesSeveral(string instrumentId, string perspective) => Minimum(catalogue.Current.Newest(instrumentId), perspective) > 1;

    /// <summary>The round of every observation of these clients that takes more than one observer, by the observation's id.</summary>
    /// <param name="clients">A handful: each is asked for apart, by an index.</param>
    public async Task<IReadOnlyDictionary<Guid, ObservationRound>> RoundsAsync(DbConnection connection, IEnumerable<Guid> clients, CancellationToken cancel)
    {
        var rounds = new Dictionary<Guid, ObservationRound>();
        foreach (var client in clients.Distinct())
        {
            var all = await connection.QueryAsync<PastConversation>(new CommandDefinition(
                "SELECT Id, ClientId, InstrumentId, Perspective, PersonId, ConductorRelation, Outcome, HeldOn FROM Conversation WHERE ClientId = @client",
                new { client }, cancellationToken: cancel));
            foreach (var round in all.GroupBy(c => (c.InstrumentId, c.Perspective)).SelectMany(group => Rounds(group, group.Key.InstrumentId, group.Key.Perspective)))
            {
                foreach (var member in round.Members)
                {
                    rounds[member.Id] = round;
                }
            }
        }

        return rounds;
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
