using System.Text.Json;

namespace ClientVoice.Conversations;

/// <summary>What every document with answers has, whatever it is about.</summary>
internal interface IAnsweredDocument
{
    string Perspective { get; }

    DateTimeOffset StartedAt { get; }

    DateTimeOffset EndedAt { get; }

    JsonElement Answers { get; }

    Dictionary<string, string> Words { get; }

    Dictionary<string, DocumentPassed> Passed { get; }

    Dictionary<string, int> Seconds { get; }

    IReadOnlyList<DocumentAgreement> Agreements { get; }

    /// <summary>The questions whose answer was changed at read-back.</summary>
    IEnumerable<string> Changed { get; }
}

/// <summary>The members of a conversation document that are kept in columns of their own.</summary>
internal sealed record ConversationDocument : IAnsweredDocument
{
    /// <summary>How documents are read.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Guid Id { get; init; }

    public Guid? Choice { get; init; }

    public Guid Client { get; init; }

    public required DocumentInstrument Instrument { get; init; }

    public required string Perspective { get; init; }

    public required string Outcome { get; init; }

    public required string Language { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    public required DocumentConductor Conductor { get; init; }

    public required IReadOnlyList<string> Present { get; init; }

    public required string AnswersBy { get; init; }

    public bool QuotesAllowed { get; init; }

    public JsonElement Answers { get; init; }

    public required Dictionary<string, string> Words { get; init; }

    public required Dictionary<string, DocumentPassed> Passed { get; init; }

    public required IReadOnlyList<DocumentChange> Changes { get; init; }

    public required string ReadBack { get; init; }

    public required IReadOnlyList<DocumentAgreement> Agreements { get; init; }

    public required Dictionary<string, int> Seconds { get; init; }

    public IEnumerable<string> Changed => Changes.Select(change => change.Question);

    /// <summary>Reads a document that has been checked against its schema.</summary>
    public static ConversationDocument Read(JsonElement document) => document.Deserialize<ConversationDocument>(Json)!;
}

internal sealed record DocumentInstrument(string Id, string Version);

internal sealed record DocumentConductor(string Relation, string KnowsClient, bool ChosenByClient);

internal sealed record DocumentPassed(string? Reason);

/// <summary>An answer that was changed at read-back; <c>null</c> or absent where there was none.</summary>
internal sealed record DocumentChange(string Question, JsonElement From, JsonElement To);

internal sealed record DocumentAgreement(Guid Id, string What, string Who, string? Name, DateOnly? On);
