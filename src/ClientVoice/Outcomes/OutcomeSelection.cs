using System.Security.Claims;
using ClientVoice.Access;
using ClientVoice.Shell;

namespace ClientVoice.Outcomes;

/// <summary>What can be chosen on the outcomes page, and what is chosen; shared by the page and the download.</summary>
internal sealed record OutcomeSelection(
    Publication Publication,
    IReadOnlyList<FilterItem> Groups,
    IReadOnlyList<FilterItem> Places,
    IReadOnlyList<FilterItem> Periods,
    IReadOnlyList<FilterItem> AskedWith,
    OutcomeQuestion? Question)
{
    /// <summary>Reads the address; what is missing or unknown becomes the widest choice. Null before the first publication.</summary>
    public static async Task<OutcomeSelection?> FromAsync(HttpContext context, ClaimsPrincipal user, IPublications publications, OutcomesReader reader)
    {
        var cancel = context.RequestAborted;
        if (await publications.CurrentAsync(cancel) is not { } publication)
        {
            return null;
        }

        var query = context.Request.Query;
        var groups = await reader.GroupsAsync(publication.Number, user.PersonId(), cancel);
        var places = await reader.PlacesAsync(publication.Number, user.PersonId(), cancel);
        var periods = await reader.PeriodsAsync(publication.Number, cancel);
        var group = Chosen(groups, query["group"]);
        var asked = group is null ? [] : await reader.AskedWithAsync(publication.Number, Guid.Parse(group.Id), cancel);
        var with = asked.FirstOrDefault(a => $"{a.Id}/{a.Perspective}" == query["with"]) ?? asked.FirstOrDefault();
        var place = Chosen(places, query["place"]);
        var period = periods.FirstOrDefault(p => p.Id == query["period"]) ?? periods.FirstOrDefault(p => p.Kind == "year");
        var question = group is null || place is null || period is null || with is null
            ? null
            : new OutcomeQuestion(Guid.Parse(group.Id), Guid.Parse(place.Id), period.Id, with.Id, with.Perspective);
        return new OutcomeSelection(publication, groups, places, periods, asked, question);
    }

    /// <summary>The kind of period along the line over time: that of the period that is looked at; of three years the single ones.</summary>
    public string TrendKind => Periods.First(p => p.Id == Question!.Period).Kind is var kind && kind == PeriodKinds.ThreeYears ? PeriodKinds.Year : kind;

    /// <summary>What the group is asked with, in words.</summary>
    public string TitleOf(string instrument, Language l) => AskedWith.FirstOrDefault(a => a.Id == instrument) is { } with ? $"{l[with.Nl, with.En]} {with.Kind}" : instrument;

    /// <summary>The address of this selection's query part.</summary>
    public string QueryString() => Question is null
        ? ""
        : $"?group={Question.Group}&place={Question.Place}&period={Uri.EscapeDataString(Question.Period)}&with={Uri.EscapeDataString($"{Question.Instrument}/{Question.Perspective}")}";

    private static FilterItem? Chosen(IReadOnlyList<FilterItem> items, string? id) => items.FirstOrDefault(i => string.Equals(i.Id, id, StringComparison.OrdinalIgnoreCase)) ?? items.FirstOrDefault();
}
