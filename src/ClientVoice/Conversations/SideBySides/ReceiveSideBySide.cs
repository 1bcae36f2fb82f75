// The talk about the differences: checked against the conversations it is about, and its points kept as agreements.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Dapper;

namespace ClientVoice.Conversations.SideBySides;

/// <summary>Checks and keeps a talk in which views were laid side by side.</summary>
internal sealed class ReceiveSideBySide(IDatabase database, Secrets secrets, ICatalogue catalogue, ClientStore clients, SideBySideSchema schema, TimeProvider time)
{
    /// <exception cref="ProblemException"><c>conversation-not-valid</c>, with each fault.</exception>
    public async Task<Keep> CheckAsync(ReceivedDocument received, CancellationToken cancel)
    {
        received.RefuseForm(schema);
        Refusal.Of(ConversationRules.Days(received.Json));
        var document = SideBySideDocument.Read(received.Json);
        received.RefuseOtherId(document.Id);
        var instrument = Refusal.UnlessKnown(catalogue, document.Instrument);
        if (await clients.WhereAsync(document.Client, received.ScopeOf, cancel) is null)
        {
            Refusal.Of("/client", "There is no such client in your scope.");
        }

        var sides = await SidesAsync(document, cancel);
        Refusal.Of(Faults(instrument, document, sides));
        var main = sides.FirstOrDefault(s => s.Perspective == "client") ?? sides[0];
        return (connection, transaction, now, stop) => KeepAsync(connection, transaction, received, document, main.Id, now, stop);
    }

    private static IEnumerable<Fault> Faults(Instrument instrument, SideBySideDocument document, IReadOnlyCollection<Side> sides)
    {
        if (document.EndedAt < document.StartedAt)
        {
            yield return new Fault("/endedAt", "The end is before the start.");
        }

        if (sides.Count != document.Of.Count)
        {
            yield return new Fault("/of", "One of these is not a finished conversation with this client and instrument.");
        }
        else if (!SideRule.Applies(instrument) || !SideRule.IsComplete(instrument, sides))
        {
            yield return new Fault("/of", "Not everyone who is needed has answered.");
        }

        if (document.Points.DistinctBy(p => p.Id).Count() != document.Points.Count)
        {
            yield return new Fault("/points", "Two points have the same id.");
        }

        var questions = instrument.Questions.Select(q => q.Id).ToHashSet();
        foreach (var (point, index) in document.Points.Select((p, i) => (p, i)))
        {
            if (point.About is { } about && !questions.Contains(about))
            {
                yield return new Fault($"/points/{index}/about", $"{instrument.Key} has no such question.");
            }

            if (point.What is null && point.StandsOut is null)
            {
                yield return new Fault($"/points/{index}", "A point says what stands out, what is done, or both.");
            }
        }
    }

    private async Task<IReadOnlyList<Side>> SidesAsync(SideBySideDocument document, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<Side>(new CommandDefinition(
            """
            SELECT v.Id, v.ClientId, v.InstrumentId, v.InstrumentVersion, v.Perspective, v.PersonId, v.HeldOn, v.EndedAt
            FROM Conversation v
            WHERE v.Id IN @of AND v.ClientId = @Client AND v.InstrumentId = @instrument AND v.InstrumentVersion = @version AND v.Outcome = 'finished'
            """,
            new { of = IdList.Of(document.Of), document.Client, instrument = document.Instrument.Id, version = document.Instrument.Version }, cancellationToken: cancel))];
    }

    private async Task KeepAsync(DbConnection connection, DbTransaction transaction, ReceivedDocument received, SideBySideDocument document, Guid main, DateTimeOffset now, CancellationToken cancel)
    {
        var about = await secrets.ForAsync(document.Client, cancel);
        await RunAsync(
            """
            INSERT INTO SideBySide (Id, ClientId, InstrumentId, InstrumentVersion, HeldOn, ReceivedAt, PersonId, ContentHash, DocumentSecret)
            VALUES (@Id, @Client, @instrument, @version, @heldOn, @now, @PersonId, @Hash, @secret)
            """,
            new
            {
                document.Id, document.Client, instrument = document.Instrument.Id, version = document.Instrument.Version,
                heldOn = ConversationStore.HeldOn(document.EndedAt, now, time), now, received.PersonId, received.Hash, secret = about.Protect(SecretKind.Document, received.Raw),
            });
        await RunAsync("INSERT INTO SideBySidePart (SideBySideId, ConversationId) VALUES (@Id, @part)", document.Of.Select(part => new { document.Id, part }));
        await AgreeAsync(connection, transaction, document, about, main, cancel);
        await RunAsync("INSERT INTO OutcomeChange (ConversationId, ChangedAt) VALUES (@main, @now)", new { main, now });

        Task RunAsync(string sql, object rows) => connection.ExecuteAsync(new CommandDefinition(sql, rows, transaction, cancellationToken: cancel));
    }

    // The points stand with the client's own conversation, after what was agreed there.
    private static async Task AgreeAsync(DbConnection connection, DbTransaction transaction, SideBySideDocument document, ClientSecrets about, Guid main, CancellationToken cancel)
    {
        var before = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "SELECT COUNT(*) FROM Agreement WHERE ConversationId = @main", new { main }, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            ConversationStore.InsertAgreement,
            document.Points.Where(p => p.What is not null).Select((point, index) => new
            {
                point.Id, ConversationId = main, ClientId = document.Client, Position = before + index,
                What = about.Protect(SecretKind.Words, point.What!), point.Who, Name = about.ProtectOrNull(SecretKind.Name, point.Name), DueOn = point.On,
            }),
            transaction, cancellationToken: cancel));
    }
}
