namespace ClientVoice.Clients.Register;

/// <summary>Somebody who speaks for or with a client.</summary>
/// <param name="Relation">One of <see cref="ClientCodes.Relations"/>.</param>
internal sealed record Representative(string Name, string Relation);

/// <summary>Everything that is kept about a client at the desk, opened.</summary>
/// <param name="Number">In the client record system; null where it is not known.</param>
internal sealed record ClientRecord(
    Guid Id,
    string Name,
    string ShortName,
    int? YearOfBirth,
    string Communication,
    Guid PlaceId,
    Guid GroupId,
    Guid? RegularWorkerId,
    string? Number,
    DateOnly FromOn,
    DateOnly? UntilOn,
    IReadOnlyList<Representative> Representatives)
{
    /// <summary>The days on which the care plan is evaluated, in order: those that were, and the next one where it is known.</summary>
    public IReadOnlyList<DateOnly> Evaluations { get; init; } = [];

    /// <summary>Whether the client is in support on a day.</summary>
    public bool IsHereOn(DateOnly day) => FromOn <= day && (UntilOn is null || day <= UntilOn);
}

/// <summary>A client on a list.</summary>
internal sealed record ClientLine(
    Guid Id, string Name, string ShortName, Guid PlaceId, string Place, Guid GroupId, string Communication, Guid? RegularWorkerId, DateOnly FromOn, DateOnly? UntilOn);

/// <summary>A move from one place to another.</summary>
internal sealed record ClientMoveLine
{
    public string FromPlace { get; init; } = "";

    public string ToPlace { get; init; } = "";

    public DateOnly MovedOn { get; init; }
}

/// <summary>A change from one client group to another.</summary>
internal sealed record ClientGroupMoveLine
{
    public Guid FromGroupId { get; init; }

    public Guid ToGroupId { get; init; }

    public DateOnly MovedOn { get; init; }
}

/// <summary>The days of evaluation of one client. Pure.</summary>
internal static class EvaluationDays
{
    /// <summary>How far ahead a day can be: the framework asks for no longer a plan than the time between two conversations.</summary>
    public const int MostYearsAhead = 3;

    /// <summary>The days with one more. One that is still to come makes way for it: of those only the next is known.</summary>
    public static IReadOnlyList<DateOnly> With(IReadOnlyList<DateOnly> days, DateOnly day, DateOnly today) =>
        days.Contains(day) ? days : [.. days.Where(d => d <= today || day <= today).Append(day).Order()];

    /// <summary>The one that an import takes: the next that is known, else the last that there was; null where none is.</summary>
    public static DateOnly? Nearest(IEnumerable<DateOnly> days, DateOnly today)
    {
        var all = days.Order().Select(d => (DateOnly?)d).ToList();
        return all.FirstOrDefault(d => d >= today) ?? all.LastOrDefault();
    }

    /// <summary>Whether a day can be one: from the first day in support on, and not too far ahead.</summary>
    public static bool Can(DateOnly day, DateOnly from, DateOnly today) => day >= from && day <= today.AddYears(MostYearsAhead);
}

/// <summary>The codes that a client is described with.</summary>
internal static class ClientCodes
{
    public static readonly IReadOnlyList<string> Communications = ["speaks", "speaks-with-support", "pictures", "non-verbal"];
    public static readonly IReadOnlyList<string> Disabilities = ["mild", "moderate", "severe", "profound", "visual", "autism", "psychiatric"];
    public static readonly IReadOnlyList<string> Settings = ["living", "day", "ambulant"];
    public static readonly IReadOnlyList<string> Laws = ["wlz", "wmo", "zvw", "jeugdwet", "pgb"];
    public static readonly IReadOnlyList<string> Relations = ["parent", "sibling", "partner", "child", "family", "friend", "mentor", "guardian", "other"];

    /// <summary>The earliest year of birth that is taken: older than anybody who lives.</summary>
    public const int EarliestYear = 1900;
}
