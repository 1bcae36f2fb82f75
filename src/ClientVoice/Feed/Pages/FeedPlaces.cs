using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.Feed.Pages;

/// <summary>A place that somebody may let others read about.</summary>
internal sealed record FeedPlace(Guid Id, string Name, string Kind);

/// <summary>A client group that somebody may let others read about.</summary>
internal sealed record FeedClientGroup(Guid Id, LocalText Name);

/// <summary>The published places and client groups in a person's scope.</summary>
internal sealed class FeedPlaces(IPublications publications, OutcomesReader reader)
{
    /// <summary>Larger places before smaller; empty before the first publication.</summary>
    public async Task<IReadOnlyList<FeedPlace>> OfAsync(Guid person, CancellationToken cancel) =>
        await publications.CurrentAsync(cancel) is { } publication
            ? [.. (await reader.PlacesAsync(publication.Number, person, cancel)).Select(p => new FeedPlace(Guid.Parse(p.Id), p.Nl, p.Kind))]
            : [];

    /// <summary>The published client groups in a person's scope.</summary>
    public async Task<IReadOnlyList<FeedClientGroup>> GroupsOfAsync(Guid person, CancellationToken cancel) =>
        await publications.CurrentAsync(cancel) is { } publication
            ? [.. (await reader.GroupsAsync(publication.Number, person, cancel)).Select(g => new FeedClientGroup(Guid.Parse(g.Id), new LocalText(g.Nl, g.En)))]
            : [];

    public static LocalText KindName(string kind) => kind switch
    {
        "organisation" => new("organisatie", "organisation"),
        "region" => new("regio", "region"),
        "location" => new("locatie", "location"),
        _ => new("team", "team"),
    };
}
