// Makes believable conversations and lets them in by the same checks as a tablet's: what the instrument
// would refuse does not get into the demo either.
using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Clients;
using ClientVoice.Conversations;
using ClientVoice.Instruments;

namespace ClientVoice.Commands;

/// <summary>One conversation to make up.</summary>
internal sealed record DemoTalk(NewClient Client, DemoGroup Group, Instrument Instrument, Guid ChoiceId, Guid PersonId, DateTimeOffset At, double Mood);

internal sealed class DemoConversations(DemoRandom random, ConversationSchema schema)
{
    public CheckedConversation Make(DemoTalk talk)
    {
        var id = random.Id(talk.At);
        var finished = random.Chance(0.88) || talk.Group.Perspective == "observer";
        var outcome = finished ? "finished" : random.Chance(0.65) ? "refused" : "stopped";
        var answers = outcome == "refused" ? [] : Answers(talk, outcome == "stopped" ? 0.4 : 1);
        var asked = talk.Instrument.Questions;
        var words = new JsonObject();
        var passed = new JsonObject();
        foreach (var question in asked.Where(q => q.Kind != AnswerKind.Text && q.WishOf is null && q.Role is null))
        {
            if (!answers.ContainsKey(question.Id) && outcome == "finished")
            {
                passed[question.Id] = new JsonObject { ["reason"] = random.Chance(0.4) ? random.Of(DemoTexts.Reasons) : null };
            }
            else if (answers.ContainsKey(question.Id) && random.Chance(0.15))
            {
                words[question.Id] = random.Of(talk.Group.Perspective == "observer" ? DemoTexts.Seen : DemoTexts.Words);
            }
        }

        var document = Document(talk, id, outcome, answers, words, passed);
        var raw = JsonSerializer.SerializeToUtf8Bytes(document);
        using var json = JsonDocument.Parse(raw);
        var root = json.RootElement.Clone();
        var read = ConversationDocument.Read(root);
        var faults = schema.Faults(root).Select(f => f.InstancePointer + " " + f.Text)
            .Concat(ConversationRules.Against(talk.Instrument, read).Select(f => f.Pointer + " " + f.Reason)).ToList();
        return faults.Count == 0
            ? new CheckedConversation(read, talk.Instrument, CanonicalJson.Sha256(root), raw, talk.Client.PlaceId, talk.Client.GroupId, talk.PersonId)
            : throw new InvalidOperationException($"The demo cannot answer {talk.Instrument.Key}: {faults[0]}");
    }

    private JsonObject Answers(DemoTalk talk, double share)
    {
        var answers = new JsonObject();
        foreach (var question in talk.Instrument.Questions.Take((int)(talk.Instrument.Questions.Count * share)))
        {
            if (Answer(question, talk, answers) is { } answer)
            {
                answers[question.Id] = answer;
            }
        }

        // What the instrument forbids together (a follow-up that does not apply) is left out again.
        for (var round = 0; round < 5; round++)
        {
            var faults = talk.Instrument.Validate(JsonSerializer.SerializeToElement(answers));
            foreach (var name in faults.Select(f => f.Pointer.Split('/')).Where(p => p.Length > 1).Select(p => p[1]).Distinct())
            {
                answers.Remove(name);
            }
        }

        return answers;
    }

    private JsonNode? Answer(Question question, DemoTalk talk, JsonObject before)
    {
        if (question.WishOf is { } about)
        {
            var known = before[about]?.GetValue<string>();
            var score = known is null ? 50 : talk.Instrument.Questions.First(q => q.Id == about).Options.FirstOrDefault(o => o.Code == known)?.Score ?? 50;
            return known is null ? null : random.Chance(0.08) ? "dont-know" : random.Chance(score < 50 ? 0.7 : 0.12) ? "change" : "stay";
        }

        if (question.Role is not "comprehension-check" && random.Chance(0.06))
        {
            return null;
        }

        return question.Kind switch
        {
            AnswerKind.Choice => Option(question, talk).Code,
            AnswerKind.Choices => new JsonArray(random.Of(question.Options).Code),
            AnswerKind.Number => 6 + random.Below(4),
            AnswerKind.Text => random.Chance(0.3) ? random.Of(talk.Group.Perspective == "observer" ? DemoTexts.Seen : DemoTexts.Words) : null,
            _ => null,
        };
    }

    private Option Option(Question question, DemoTalk talk)
    {
        var scored = question.Options.Where(o => o.Score is not null).ToList();
        if (scored.Count == 0)
        {
            return random.Of(question.Options);
        }

        if (question.Role == "comprehension-check" && random.Chance(0.92))
        {
            return scored.MaxBy(o => o.Score)!;
        }

        // Every question has its own level, the same for everyone in the group; every person a mood of their own.
        var level = 58 + (StableHash(question.Id + talk.Group.Code) % 30);
        var target = level + (talk.Mood * 11) + (random.Normal() * 20);
        return scored.MinBy(o => Math.Abs(o.Score!.Value - target))!;
    }

    private JsonObject Document(DemoTalk talk, Guid id, string outcome, JsonObject answers, JsonObject words, JsonObject passed)
    {
        var agreements = new JsonArray();
        for (var i = outcome == "finished" && talk.Group.Perspective == "client" ? random.Below(3) : 0; i > 0; i--)
        {
            var (what, who) = random.Of(DemoTexts.Agreements);
            agreements.Add(new JsonObject
            {
                ["id"] = random.Id(talk.At).ToString(), ["what"] = what, ["who"] = who, ["name"] = null,
                ["on"] = talk.At.AddDays(14 + random.Below(60)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            });
        }

        var regular = talk.Client.RegularWorkerId == talk.PersonId;
        return new JsonObject
        {
            ["format"] = 1, ["id"] = id.ToString(), ["choice"] = talk.ChoiceId.ToString(), ["client"] = talk.Client.Id.ToString(),
            ["instrument"] = new JsonObject { ["id"] = talk.Instrument.Key.Id, ["version"] = talk.Instrument.Key.Version },
            ["perspective"] = talk.Group.Perspective, ["outcome"] = outcome, ["language"] = "nl",
            ["startedAt"] = Text(talk.At), ["endedAt"] = Text(talk.At.AddMinutes(outcome == "refused" ? 2 : 12 + random.Below(30))),
            ["conductor"] = new JsonObject { ["relation"] = regular ? "regular-worker" : "other-worker", ["knowsClient"] = regular ? "well" : "a-bit", ["chosenByClient"] = random.Chance(0.4) },
            ["present"] = random.Chance(0.2) ? new JsonArray("client", "relative") : new JsonArray("client"),
            ["answersBy"] = talk.Group.AnswersBy, ["quotesAllowed"] = random.Chance(0.5),
            ["answers"] = answers, ["words"] = words, ["passed"] = passed, ["changes"] = new JsonArray(),
            ["readBack"] = outcome == "finished" ? "confirmed" : "not-done", ["agreements"] = agreements, ["seconds"] = new JsonObject(),
        };
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    // FNV-1a: the framework's own string hash differs from run to run.
    private static int StableHash(string text) => (int)(text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) & 0x7FFFFFFF);
}
