using ClientVoice.Choices;
using ClientVoice.Choices.Due;
using ClientVoice.Clients;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Tests.Choices;

/// <summary>Who is due, worked out whole from everything in a scope, by reads that the kept lines do not use and without a row of theirs.</summary>
internal static class WholeDue
{
    public static async Task<IReadOnlyList<(DueFact Fact, Client Client)>> OfScopeAsync(IServiceProvider services, ClientVoice.Database.IDatabase database, Guid person, DateOnly today)
    {
        var clients = services.GetRequiredService<ClientStore>();
        var basis = new DueBasis(
            today, (await services.GetRequiredService<ChoiceStore>().AllAsync(default)).ToLookup(c => c.GroupId),
            (await clients.GroupsAsync(default)).ToDictionary(g => g.Id, g => g.MostPerYear), services.GetRequiredService<ICatalogue>().Current);
        var past = (await services.GetRequiredService<IPastConversations>().OfScopeAsync(person, default)).ToLookup(p => p.ClientId);
        var plans = (await services.GetRequiredService<DuePlans>().OfScopeAsync(person, default)).Values.ToLookup(p => p.ClientId);
        await using var connection = await database.OpenAsync(default);
        var moves = (await connection.QueryAsync<(Guid Client, DateOnly Day)>("SELECT ClientId, MovedOn FROM ClientMove")).ToLookup(m => m.Client, m => m.Day);
        return [.. (await clients.InScopeAsync(person, today, default, basis.LeftSince)).SelectMany(c => DueFacts.Of(
            new ClientFacts(c.Presence, c.RegularWorkerId, c.IsAsked, moves[c.Id].Select(day => (DateOnly?)day).Max()), [.. past[c.Id]], plans[c.Id].ToDictionary(p => p.ChoiceId), basis).Select(fact => (fact, c)))];
    }
}
