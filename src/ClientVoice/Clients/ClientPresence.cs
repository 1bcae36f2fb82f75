namespace ClientVoice.Clients;

/// <summary>Where a client belongs and since when, and the days on which the care plan is evaluated; no name.</summary>
internal sealed record ClientPresence
{
    /// <summary>The day since when a client <c>c</c> is in the group, as SQL; null for who came into support in it.</summary>
    public const string GroupFrom = "(SELECT MAX(m.MovedOn) FROM ClientGroupMove m WHERE m.ClientId = c.Id AND m.ToGroupId = c.GroupId) AS GroupFromOn";

    /// <summary>What is read of a client <c>c</c>.</summary>
    public const string Columns = $"c.Id, c.PlaceId, c.GroupId, c.FromOn, c.UntilOn, {GroupFrom}";

    public Guid Id { get; init; }

    public Guid PlaceId { get; init; }

    public Guid GroupId { get; init; }

    public DateOnly FromOn { get; init; }

    public DateOnly? UntilOn { get; init; }

    /// <summary>The day of the change of group that brought the client into this one; null for who came into support in it.</summary>
    public DateOnly? GroupFromOn { get; init; }

    /// <summary>The days of evaluation that are known, past and to come, in order.</summary>
    public IReadOnlyList<DateOnly> Evaluations { get; init; } = [];

    /// <summary>The first day in support in this group.</summary>
    public DateOnly StartOn => GroupFromOn is { } moved && moved > FromOn ? moved : FromOn;
}
