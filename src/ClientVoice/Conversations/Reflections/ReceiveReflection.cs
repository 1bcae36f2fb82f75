// A reflection: the same checks as a conversation, about a place in place of a client.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Dapper;

namespace ClientVoice.Conversations.Reflections;

/// <summary>Checks and keeps a reflection.</summary>
internal sealed class ReceiveReflection(IDatabase database, Secrets secrets, ICatalogue catalogue, ReflectionSchema schema, TimeProvider time)
{
    /// <exception cref="ProblemException"><c>conversation-not-valid</c>, with each fault.</exception>
    public async Task<Keep> CheckAsync(ReceivedDocument received, CancellationToken cancel)
    {
        received.RefuseForm(schema);
        Refusal.Of(ConversationRules.Days(received.Json));
        var document = ReflectionDocument.Read(received.Json);
        received.RefuseOtherId(document.Id);
        var instrument = Refusal.UnlessKnown(catalogue, document.Instrument);
        if (await KindAsync(document.Place, received.ScopeOf, cancel) is not { } kind)
        {
            Refusal.Of("/place", "There is no such place in your scope.");
            return null;
        }

        if (!ReflectionPlaces.KindsFor(instrument.Subject).Contains(kind))
        {
            Refusal.Of("/instrument", $"This instrument is not about a {kind}.");
        }

        Refusal.Of(ConversationRules.Against(instrument, document));
        await RefuseStrangePointsAsync(document, cancel);
        return (connection, transaction, now, stop) => KeepAsync(connection, transaction, received, document, now, stop);
    }

    private async Task<string?> KindAsync(Guid place, Guid personId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            $"""
            SELECT p.Kind FROM Place p WHERE p.Id = @place AND p.Id IN {ScopeSql.Places("@personId")}
            """,
            new { place, personId }, cancellationToken: cancel));
    }

    private async Task RefuseStrangePointsAsync(ReflectionDocument document, CancellationToken cancel)
    {
        if (document.CameOf.Count == 0)
        {
            return;
        }

        await using var connection = await database.OpenAsync(cancel);
        var known = (await connection.QueryAsync<Guid>(new CommandDefinition(
            "SELECT x.Id FROM ReflectionPoint x JOIN Reflection r ON r.Id = x.ReflectionId WHERE r.PlaceId = @Place AND r.InstrumentId = @instrument AND x.Id IN @points",
            new { document.Place, instrument = document.Instrument.Id, points = IdList.Of(document.CameOf.Select(c => c.Point)) }, cancellationToken: cancel))).ToHashSet();
        Refusal.Of(document.CameOf.Select((came, index) => (came, index)).Where(c => !known.Contains(c.came.Point))
            .Select(c => new Fault($"/cameOf/{c.index}/point", "This place has no such point.")));
    }

    private async Task KeepAsync(DbConnection connection, DbTransaction transaction, ReceivedDocument received, ReflectionDocument document, DateTimeOffset now, CancellationToken cancel)
    {
        await RunAsync(
            """
            INSERT INTO Reflection (Id, PlaceId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, StartedAt, EndedAt, ReceivedAt, PersonId, ContentHash, DocumentSecret)
            VALUES (@Id, @Place, @instrument, @version, @Perspective, @Outcome, @heldOn, @StartedAt, @EndedAt, @now, @PersonId, @Hash, @secret)
            """,
            new
            {
                document.Id, document.Place, instrument = document.Instrument.Id, version = document.Instrument.Version, document.Perspective, document.Outcome,
                heldOn = ConversationStore.HeldOn(document.EndedAt, now, time), document.StartedAt, document.EndedAt, now,
                received.PersonId, received.Hash, secret = secrets.Protect(SecretKind.Document, received.Raw),
            });
        await RunAsync(
            "INSERT INTO ReflectionPoint (Id, ReflectionId, Position, WhatSecret, Who, NameSecret, DueOn) VALUES (@Id, @Reflection, @Position, @What, @Who, @Name, @On)",
            document.Agreements.Select((point, position) => new
            {
                point.Id, Reflection = document.Id, Position = position, What = secrets.Protect(SecretKind.Words, point.What),
                point.Who, Name = secrets.ProtectOrNull(SecretKind.Name, point.Name), point.On,
            }));
        await RunAsync(
            "UPDATE ReflectionPoint SET Came = @Came, CameWordsSecret = @words, CameAt = @now WHERE Id = @Point",
            document.CameOf.Select(came => new { came.Point, came.Came, words = secrets.ProtectOrNull(SecretKind.Words, came.Words), now }));

        Task RunAsync(string sql, object rows) => connection.ExecuteAsync(new CommandDefinition(sql, rows, transaction, cancellationToken: cancel));
    }
}
