using System.Text;
using System.Text.Json.Nodes;

namespace ClientVoice.Tests.Conversations;

/// <summary>A whole, valid conversation about Anna, and ways to spoil it.</summary>
internal static class ConversationJson
{
    public static JsonObject Valid(Guid id) => JsonNode.Parse(
        $$"""
        {
          "format": 1, "id": "{{id}}", "choice": null, "client": "{{ServiceUnderTest.Anna}}",
          "instrument": { "id": "mijn-verhaal", "version": "1.0" },
          "perspective": "client", "outcome": "finished", "language": "nl",
          "startedAt": "2026-11-02T10:00:00Z", "endedAt": "2026-11-02T10:25:00Z",
          "conductor": { "relation": "regular-worker", "knowsClient": "well", "chosenByClient": true },
          "present": ["client"], "answersBy": "speaking", "quotesAllowed": false,
          "answers": { "feelings": "good", "feelings-wish": "stay", "home": "bad", "home-wish": "change" },
          "words": { "home": "Het is er te koud in de winter" },
          "passed": { "friends": { "reason": "Dat gaat je niets aan" } },
          "changes": [ { "question": "feelings", "from": "so-so", "to": "good" } ],
          "readBack": "confirmed",
          "agreements": [ { "id": "01900000-0000-7000-8000-0000000000aa", "what": "We vragen om een extra deken", "who": "worker", "name": null, "on": "2026-12-01" } ],
          "seconds": { "feelings": 12 }
        }
        """)!.AsObject();

    public static HttpContent Body(JsonNode document) => new StringContent(document.ToJsonString(), Encoding.UTF8, "application/json");
}
