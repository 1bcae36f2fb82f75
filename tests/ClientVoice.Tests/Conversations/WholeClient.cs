// A client of whom everything is kept that can be, each text with a mark in it by which it is found wherever it got to.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Choices.Due;
using ClientVoice.Clients.Register;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Agreements;
using ClientVoice.Conversations.Quotes;

namespace ClientVoice.Tests.Conversations;

internal static class WholeClient
{
    /// <summary>Makes one, with something in every column of <c>ClientColumns</c>. The service must have all instruments.</summary>
    /// <param name="mark">A word in every text about the client, and in no other.</param>
    public static async Task<Guid> MakeAsync(ServiceUnderTest service, string mark)
    {
        var id = Guid.CreateVersion7();
        var added = new ClientRecord(
            id, $"Eerst {mark}", mark, 1980, "speaks", ServiceUnderTest.North, ServiceUnderTest.Group, ServiceUnderTest.Worker, $"{mark}-77", new DateOnly(2024, 1, 1), null, [new Representative($"Moeder {mark}", "parent")]);
        var writer = Get<ClientWriter>();
        var (_, seen) = await writer.AddAsync(added, ServiceUnderTest.Officer, default);
        await writer.ChangeAsync(added, added with { Name = $"Nu {mark}" }, seen, null, ServiceUnderTest.Officer, default);

        var (talk, other) = (await KeepAsync(Answered(id, "client", mark)), await KeepAsync(Answered(id, "worker", mark)));
        await CorrectAsync(service, Answered(id, "client", mark, talk), mark);
        await KeepAsync(SideBySide(id, talk, other, mark));
        await Get<QuoteStore>().DecideAsync(new Quote(talk, "home", QuoteStates.Waiting, "", false), $"Vrijgegeven {mark}", ServiceUnderTest.Officer, default);
        await Get<AgreementStore>().NotDoneAsync(Agreement(talk), $"Niet gedaan {mark}", default);
        await Get<DuePlans>().KeepAsync(new DuePlan(id, service.Choice, null, new DateOnly(2026, 12, 24), "other", $"Later {mark}", default), ServiceUnderTest.Officer, default);
        await Get<EmergencyAccess>().BeginAsync(ServiceUnderTest.Colleague, id, $"Nood {mark}", default);
        await Get<IAuditTrail>().NowAsync(new AuditEvent("person", ServiceUnderTest.Colleague, "emergency.begin", $"client/{id}", null, "done") { About = id, Reason = $"Nood {mark}" }, default);
        return id;

        T Get<T>()
            where T : notnull => service.Services.GetRequiredService<T>();

        async Task<Guid> KeepAsync(JsonObject document)
        {
            var conversation = Guid.Parse(document["id"]!.GetValue<string>());
            await Get<ReceiveConversation>().KeepAsync(conversation, JsonSerializer.SerializeToUtf8Bytes(document), ServiceUnderTest.Worker, ServiceUnderTest.Worker, default, default);
            return conversation;
        }
    }

    private static async Task CorrectAsync(ServiceUnderTest service, JsonObject document, string mark)
    {
        var raw = JsonSerializer.SerializeToUtf8Bytes(document);
        using var json = JsonDocument.Parse(raw);
        var received = new ReceivedDocument(Guid.Parse(document["id"]!.GetValue<string>()), json.RootElement, raw, CanonicalJson.Sha256(json.RootElement), ServiceUnderTest.Worker);
        var corrected = await service.Services.GetRequiredService<ReceiveConversation>().CheckConversationAsync(received, default);
        await service.Services.GetRequiredService<FormerConversations>().CorrectAsync(corrected, ServiceUnderTest.Worker, $"Verbeterd {mark}", default);
    }

    // The agreement of a conversation has an id that is told from the conversation's.
    private static Guid Agreement(Guid conversation)
    {
        var bytes = conversation.ToByteArray();
        bytes[^1] ^= 0xff;
        return new Guid(bytes);
    }

    private static JsonObject Answered(Guid client, string perspective, string mark, Guid? again = null)
    {
        var id = again ?? Guid.CreateVersion7();
        var document = ConversationJson.Valid(id);
        document["client"] = client.ToString();
        document["instrument"]!["id"] = "samen-kijken";
        document["perspective"] = perspective;
        document["quotesAllowed"] = perspective == "client";
        document["answers"] = new JsonObject { ["home"] = perspective == "client" ? "bad" : "good" };
        document["words"] = new JsonObject { ["home"] = $"Woorden {mark}{(again is null ? "" : ", verbeterd")}" };
        document["passed"] = new JsonObject { ["health"] = new JsonObject { ["reason"] = $"Liever niet {mark}" } };
        document["changes"] = new JsonArray();
        document["agreements"] = perspective != "client" ? new JsonArray() : new JsonArray(new JsonObject
        {
            ["id"] = Agreement(id).ToString(), ["what"] = $"Afgesproken {mark}", ["who"] = "other", ["name"] = $"Buurvrouw {mark}", ["on"] = "2026-12-01",
        });
        document["seconds"] = new JsonObject();
        return document;
    }

    private static JsonObject SideBySide(Guid client, Guid talk, Guid other, string mark) => JsonNode.Parse(string.Create(CultureInfo.InvariantCulture,
        $$"""
        {
          "format": 1, "id": "{{Guid.CreateVersion7()}}", "client": "{{client}}", "of": ["{{talk}}", "{{other}}"],
          "instrument": { "id": "samen-kijken", "version": "1.0" }, "language": "nl",
          "startedAt": "2026-11-02T11:00:00Z", "endedAt": "2026-11-02T11:20:00Z", "present": ["client"],
          "points": [ { "id": "{{Guid.CreateVersion7()}}", "about": "home", "standsOut": "Valt op {{mark}}", "what": "Samen {{mark}}", "who": "worker", "name": null, "on": "2026-12-01" } ]
        }
        """))!.AsObject();
}
