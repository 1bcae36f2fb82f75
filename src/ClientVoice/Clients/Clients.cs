using ClientVoice.Shell;

namespace ClientVoice.Clients;

/// <summary>A place in the tree.</summary>
/// <param name="Kind"><c>organisation</c>, <c>region</c>, <c>location</c> or <c>team</c>.</param>
/// <param name="SmallestGroup">On the organisation: fewer people than this are hidden; null elsewhere.</param>
internal sealed record Place(Guid Id, Guid? ParentId, string Kind, string Name, int? SmallestGroup)
{
    /// <summary>On the organisation: conversations with an answer-quality mark are left out of its outcomes; null elsewhere.</summary>
    public bool? LeavesOutMarked { get; init; }
}

/// <summary>People counted together, with a shared way of communicating and kind of support.</summary>
/// <param name="Law">Under which law support is given (N23): wlz, wmo, zvw, jeugdwet or pgb.</param>
/// <param name="Communication">The group's ways of communicating, as instruments name them.</param>
internal sealed record ClientGroup(
    Guid Id,
    string Code,
    LocalText Name,
    string Law,
    IReadOnlyList<string> Communication,
    IReadOnlyList<string> Disability,
    IReadOnlyList<string> Setting)
{
    /// <summary>How many conversations a year one client is asked for at most, over all instruments; null for no limit.</summary>
    public int? MostPerYear { get; init; }
}

/// <summary>A client, opened: names are in memory only.</summary>
internal sealed record Client(
    Guid Id,
    Guid PlaceId,
    string PlaceName,
    Guid GroupId,
    string Name,
    string ShortName,
    string Communication,
    Guid? RegularWorkerId,
    DateOnly FromOn,
    DateOnly? UntilOn)
{
    /// <summary>Whether conversations are due with this client: not where the client took that back.</summary>
    public bool IsAsked { get; init; } = true;

    /// <summary>The day of the change of group that brought the client into this one; null for who came into support in it.</summary>
    public DateOnly? GroupFromOn { get; init; }

    /// <summary>The days of evaluation that are known, in order.</summary>
    public IReadOnlyList<DateOnly> Evaluations { get; init; } = [];

    /// <summary>What decides when the client is asked.</summary>
    public ClientPresence Presence => new() { Id = Id, PlaceId = PlaceId, GroupId = GroupId, FromOn = FromOn, UntilOn = UntilOn, GroupFromOn = GroupFromOn, Evaluations = Evaluations };
}

/// <summary>A client to add.</summary>
internal sealed record NewClient(
    Guid Id,
    Guid PlaceId,
    Guid GroupId,
    string Name,
    string ShortName,
    int? YearOfBirth,
    string Communication,
    Guid? RegularWorkerId,
    DateOnly FromOn);

/// <summary>The ages of the clients of a group, as far as their years of birth are known.</summary>
internal sealed record AgeSpan(int Youngest, int Oldest);
