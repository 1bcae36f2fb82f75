using System.Text.Json;

namespace ClientVoice.Conversations.SideBySides;

/// <summary>A talk in which views of one client were laid side by side.</summary>
internal sealed record SideBySideDocument
{
    public Guid Id { get; init; }

    public Guid Client { get; init; }

    /// <summary>The conversations that were laid side by side.</summary>
    public required IReadOnlyList<Guid> Of { get; init; }

    public required DocumentInstrument Instrument { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; init; }

    public required IReadOnlyList<DocumentPoint> Points { get; init; }

    /// <summary>Reads a document that has been checked against its schema.</summary>
    public static SideBySideDocument Read(JsonElement document) => document.Deserialize<SideBySideDocument>(ConversationDocument.Json)!;
}

/// <summary>A point on the improvement card.</summary>
/// <param name="About">The question; null where it is about something else.</param>
/// <param name="StandsOut">What stands out, in words.</param>
/// <param name="What">What is agreed; null where nothing is.</param>
internal sealed record DocumentPoint(Guid Id, string? About, string? StandsOut, string? What, string Who, string? Name, DateOnly? On);
