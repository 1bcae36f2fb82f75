using ClientVoice.Conversations.Anonymous;

namespace ClientVoice.Conversations.Rights;

/// <summary>A kind of data that can be kept too long.</summary>
/// <param name="Over">SQL: from which table and which of it is over its time (see <see cref="RetentionCut"/> for what it may name).</param>
/// <param name="Remove">SQL that takes them away, in one transaction: what hangs on them first, they themselves last. Empty where each is erased with its proof.</param>
/// <param name="Waits">SQL: what is over its time but held by something that is still open; null where nothing can hold it.</param>
internal sealed record RetentionKind(string Code, string Over, IReadOnlyList<string> Remove, string? Waits = null)
{
    /// <summary>A kind of which the rows that are over can simply go.</summary>
    public static RetentionKind Of(string code, string over) => new(code, over, ["DELETE FROM " + over]);
}

/// <summary>What is before it is over its time.</summary>
/// <param name="Day">The day.</param>
/// <param name="Before">The same as a moment.</param>
/// <param name="Quarter">The same day, or the first day of the quarter now where that is earlier: what is good once in a quarter stays until it is over.</param>
/// <param name="Now">The moment of looking.</param>
internal sealed record RetentionCut(DateOnly Day, DateTimeOffset Before, DateOnly Quarter, DateTimeOffset Now);

/// <summary>The kinds, in the order in which they are shown and taken away.</summary>
internal static class RetentionKinds
{
    public const string Conversations = "conversations";
    public const string Clients = "clients";
    public const string Permissions = "anonymous-permissions";

    // Open: an agreement nobody closed, something that was said since, an emergency under way, a quarter in which they took part.
    private const string Open =
        """
        (EXISTS (SELECT 1 FROM Agreement a WHERE a.ClientId = Client.Id AND a.DoneAt IS NULL AND a.NotDoneAt IS NULL)
          OR EXISTS (SELECT 1 FROM Conversation v WHERE v.ClientId = Client.Id AND v.HeldOn >= @Day)
          OR EXISTS (SELECT 1 FROM EmergencyAccess e WHERE e.ClientId = Client.Id AND e.UntilAt > @Now)
          OR EXISTS (SELECT 1 FROM AnonymousPermission p WHERE p.ClientId = Client.Id AND p.GivenOn >= @Quarter))
        """;

    public static readonly IReadOnlyList<RetentionKind> All =
    [
        new(Conversations, "Conversation WHERE HeldOn < @Day", []),
        new(Clients, $"Client WHERE UntilOn < @Day AND NOT {Open}", [], $"Client WHERE UntilOn < @Day AND {Open}"),
        new("side-by-sides", "SideBySide WHERE HeldOn < @Day",
            ["DELETE FROM SideBySidePart WHERE SideBySideId IN (SELECT Id FROM SideBySide WHERE HeldOn < @Day)", "DELETE FROM SideBySide WHERE HeldOn < @Day"]),
        new("reflections", "Reflection WHERE HeldOn < @Day",
            ["DELETE FROM ReflectionPoint WHERE ReflectionId IN (SELECT Id FROM Reflection WHERE HeldOn < @Day)", "DELETE FROM Reflection WHERE HeldOn < @Day"]),
        new(Permissions, "AnonymousPermission WHERE GivenOn < @Quarter", []),
        RetentionKind.Of("desk-changes", "DeskChange WHERE MadeAt < @Before"),
        RetentionKind.Of("sessions", "PersonSession WHERE SeenAt < @Before"),
        RetentionKind.Of("emergencies", "EmergencyAccess WHERE UntilAt < @Before"),
        RetentionKind.Of("plans", "DuePlan WHERE MadeAt < @Before"),
        RetentionKind.Of("runs", "JobRun WHERE EndedAt < @Before AND Job <> 'demo'"),
    ];

    /// <summary>The cut of so many months, on a day.</summary>
    public static RetentionCut Cut(int months, DateOnly today, DateTimeOffset now)
    {
        var day = today.AddMonths(-months);
        var quarter = AnonymousCohort.FirstOn(today);
        return new RetentionCut(day, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), day < quarter ? day : quarter, now);
    }
}
