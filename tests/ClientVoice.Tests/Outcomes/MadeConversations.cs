using System.Text;
using System.Text.Json;
using ClientVoice.Conversations;
using ClientVoice.Instruments;

namespace ClientVoice.Tests.Outcomes;

/// <summary>Makes conversations of an organisation, each by a seed; their agreements are numbered in the order in which they are made.</summary>
internal sealed class MadeConversations(Guid worker)
{
    private static readonly string[] Questions = ["calm", "joy", "sleep"];
    private static readonly string[] Options = ["yes", "bit", "no"];

    private int agreements;

    /// <summary>Some refuse or stop, some pass a question over, some are content with everything, and some answers come too fast.</summary>
    public CheckedConversation Make(Instrument instrument, Random random, Guid id, Guid client, string perspective, DateTimeOffset ended, Guid place, Guid group)
    {
        var outcome = random.Next(10) switch { 0 => "refused", 1 => "stopped", _ => "finished" };
        var content = random.Next(4) == 0;
        var answers = outcome == "refused" ? [] : Questions.Where(_ => random.Next(8) > 0).ToDictionary(q => q, _ => content ? "yes" : Options[random.Next(3)]);
        var fast = random.Next(5) == 0 ? 1 : 9;
        var json = JsonSerializer.Serialize(new
        {
            id, client, instrument = new { id = "acht-domeinen", version = "1.0" }, perspective, outcome, language = "nl",
            startedAt = ended.AddMinutes(-20), endedAt = ended, conductor = new { relation = "other-worker", knowsClient = "well", chosenByClient = false },
            present = Array.Empty<string>(), answersBy = "speaking", quotesAllowed = false, answers,
            words = new Dictionary<string, string>(), passed = Questions.Except(answers.Keys).ToDictionary(q => q, _ => new { reason = (string?)null }), changes = Array.Empty<string>(),
            readBack = "confirmed", agreements = Enumerable.Range(0, random.Next(3)).Select(_ => new { id = NextAgreement(), what = "Iets", who = "worker", name = (string?)null, on = (string?)null }).ToArray(), seconds = answers.Keys.ToDictionary(q => q, _ => fast),
        }, JsonSerializerOptions.Web);
        using var document = JsonDocument.Parse(json);
        return new CheckedConversation(ConversationDocument.Read(document.RootElement.Clone()), instrument, id.ToString("N"), Encoding.UTF8.GetBytes(json), place, group, worker);
    }

    private Guid NextAgreement() => new($"01900000-0000-7000-a000-{++agreements:000000000000}");
}
