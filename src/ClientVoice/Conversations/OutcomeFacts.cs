// What the outcomes are made of: codes, scores and days. No names, no words, no people: a fact that is not
// here cannot end up in a figure.
using System.Data.Common;
using Dapper;

namespace ClientVoice.Conversations;

/// <summary>A conversation as the outcomes see it.</summary>
internal sealed record HeldConversation
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    public Guid PlaceId { get; init; }

    public Guid GroupId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string InstrumentVersion { get; init; } = "";

    public string Perspective { get; init; } = "";

    /// <summary><c>finished</c>, <c>refused</c> or <c>stopped</c>.</summary>
    public string Outcome { get; init; } = "";

    public DateOnly HeldOn { get; init; }

    public DateTimeOffset EndedAt { get; init; }
}

/// <summary>A chosen option or a scored number.</summary>
internal sealed record GivenAnswer
{
    public Guid ConversationId { get; init; }

    public string QuestionId { get; init; } = "";

    public string? OptionCode { get; init; }

    public double? Score { get; init; }
}

/// <summary>The score of a domain in one conversation.</summary>
internal sealed record GivenDomain
{
    public Guid ConversationId { get; init; }

    public string DomainId { get; init; } = "";

    public double Score { get; init; }
}

/// <summary>Who was to be asked what, how often.</summary>
internal sealed record AskedChoice
{
    public Guid GroupId { get; init; }

    public string InstrumentId { get; init; } = "";

    public string Perspective { get; init; } = "";

    public DateOnly FromOn { get; init; }

    public DateOnly? UntilOn { get; init; }

    public int EveryMonths { get; init; }
}

/// <summary>Everything at one moment.</summary>
/// <param name="ThroughSequence">The last change that is in it.</param>
internal sealed record OutcomeFacts(
    IReadOnlyList<HeldConversation> Conversations,
    IReadOnlyList<GivenAnswer> Answers,
    IReadOnlyList<GivenDomain> Domains,
    IReadOnlyList<AskedChoice> Choices,
    long ThroughSequence)
{
    /// <summary>How many changes wait to be counted.</summary>
    public static Task<int> PendingAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT COUNT(*) FROM OutcomeChange", transaction: transaction, cancellationToken: cancel));

    public static async Task<OutcomeFacts> ReadAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        return new OutcomeFacts(
            await ReadAsync<HeldConversation>("SELECT Id, ClientId, PlaceId, GroupId, InstrumentId, InstrumentVersion, Perspective, Outcome, HeldOn, EndedAt FROM Conversation"),
            await ReadAsync<GivenAnswer>("SELECT ConversationId, QuestionId, OptionCode, Score FROM Answer WHERE OptionCode IS NOT NULL OR Score IS NOT NULL"),
            await ReadAsync<GivenDomain>("SELECT ConversationId, DomainId, Score FROM DomainScore"),
            await ReadAsync<AskedChoice>("SELECT GroupId, InstrumentId, Perspective, FromOn, UntilOn, EveryMonths FROM Choice"),
            await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COALESCE((SELECT MAX(Sequence) FROM OutcomeChange), (SELECT MAX(ThroughSequence) FROM Publication), 0)", transaction: transaction, cancellationToken: cancel)));

        async Task<IReadOnlyList<T>> ReadAsync<T>(string sql) =>
            [.. await connection.QueryAsync<T>(new CommandDefinition(sql, transaction: transaction, commandTimeout: 300, cancellationToken: cancel))];
    }
}
