using System.Text.Json;

namespace ClientVoice.Conversations.Reflections;

/// <summary>What a group said about its team or location.</summary>
internal sealed record ReflectionDocument : IAnsweredDocument
{
    public Guid Id { get; init; }

    public Guid Place { get; init; }

    public required DocumentInstrument Instrument { get; init; }

    public required string Perspective { get; init; }

    public required string Outcome { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    /// <summary>How many sat around the table.</summary>
    public int People { get; init; }

    public JsonElement Answers { get; init; }

    public required Dictionary<string, string> Words { get; init; }

    public required Dictionary<string, DocumentPassed> Passed { get; init; }

    public required string ReadBack { get; init; }

    public required IReadOnlyList<DocumentAgreement> Agreements { get; init; }

    public required IReadOnlyList<DocumentCame> CameOf { get; init; }

    public required Dictionary<string, int> Seconds { get; init; }

    public IEnumerable<string> Changed => [];

    /// <summary>Reads a document that has been checked against its schema.</summary>
    public static ReflectionDocument Read(JsonElement document) => document.Deserialize<ReflectionDocument>(ConversationDocument.Json)!;
}

/// <summary>What came of a point of an earlier time.</summary>
/// <param name="Came"><c>done</c>, <c>partly</c> or <c>not</c>.</param>
internal sealed record DocumentCame(Guid Point, string Came, string? Words);
