using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.Feed.Pages;

/// <summary>A place that somebody may let others read about.</summary>
internal sealed record FeedPlace(Guid Id, string Name, string Kind);

/// <summary>The published places in a person's scope.</summary>
internal sealed class FeedPlaces(IPublications publications, OutcomesReader reader)
{
    /// <summary>Larger places before smaller; empty before the first publication.</summary>
    public async Task<IReadOnlyList<FeedPlace>> OfAsync(Guid person, CancellationToken cancel) =>
        await publications.CurrentAsync(cancel) is { } publication
            ? [.. (await reader.PlacesAsync(publication.Number, person, cancel)).Select(p => new FeedPlace(Guid.Parse(p.Id), p.Nl, p.Kind))]
            : [];

    public static LocalText KindName(string kind) => kind switch
    {
        "organisation" => new("organisatie", "organisation"),
        "region" => new("regio", "region"),
        "location" => new("locatie", "location"),
        _ => new("team", "team"),
    };
}
