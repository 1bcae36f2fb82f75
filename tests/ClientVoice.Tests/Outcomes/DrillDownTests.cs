using ClientVoice.Access;
using ClientVoice.Outcomes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ClientVoice.Tests.Outcomes;

internal sealed class DrillDownTests
{
    private ServiceUnderTest service;
    private Publication publication;
    private Guid officer;
    private Guid leader;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(demo: true);
        publication = (await Get<IPublications>().CurrentAsync(default))!;
        officer = (await Get<People>().IdOfAsync("kwaliteit@demo", default))!.Value;
        leader = (await Get<People>().IdOfAsync("teamleider@demo", default))!.Value;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task EveryPlaceIsReachedFromTheOrganisationStepByStepAndLeadsBackTheSameWay()
    {
        var top = (await Get<OutcomesReader>().PlacesAsync(publication.Number, officer, default))[0];
        var question = await QuestionAsync(Guid.Parse(top.Id));
        var seen = new List<Guid>();
        await WalkAsync([question.Place]);
        var all = (await Get<OutcomesReader>().PlacesAsync(publication.Number, officer, default)).Select(p => Guid.Parse(p.Id));
        Assert.That(seen, Is.EquivalentTo(all));

        async Task WalkAsync(IReadOnlyList<Guid> way)
        {
            seen.Add(way[^1]);
            var above = await Get<DrillDown>().AboveAsync(publication.Number, officer, way[^1], default);
            Assert.That(above.Select(p => p.Id), Is.EqualTo(way.SkipLast(1)));
            foreach (var below in await Get<DrillDown>().BelowAsync(publication.Number, officer, question with { Place = way[^1] }, default))
            {
                await WalkAsync([.. way, below.Id]);
            }
        }
    }

    [Test]
    public async Task WhatIsSaidOfAPlaceIsWhatItsOwnPageShows()
    {
        var top = Guid.Parse((await Get<OutcomesReader>().PlacesAsync(publication.Number, officer, default))[0].Id);
        var (places, hidden) = (0, 0);
        foreach (var region in await Get<DrillDown>().BelowAsync(publication.Number, officer, await QuestionAsync(top), default))
        {
            foreach (var place in (await Get<DrillDown>().BelowAsync(publication.Number, officer, await QuestionAsync(region.Id), default)).Append(region))
            {
                var answer = await Get<OutcomesReader>().ReadAsync(publication.Number, officer, await QuestionAsync(place.Id), default);
                Assert.That((place.Areas, place.AreasShown), Is.EqualTo((answer.Domains.Count, answer.Domains.Count(d => !d.Suppressed))), place.Name);
                Assert.That((place.Held, place.ResponseRate), Is.EqualTo(answer.Participation is { Suppressed: false } part ? (part.Held, part.ResponseRate) : (null, null)), place.Name);
                places++;
                hidden += answer.Participation is { Suppressed: true } ? 1 : 0;
            }
        }

        Assert.That((places > 4, hidden > 0), Is.EqualTo((true, true)), "places were looked at, and some of them are hidden");
    }

    [Test]
    public async Task WhoLeadsALocationSeesNothingAboveAndNothingBesideIt()
    {
        var places = await Get<OutcomesReader>().PlacesAsync(publication.Number, leader, default);
        Assert.That(await Get<DrillDown>().AboveAsync(publication.Number, leader, Guid.Parse(places[0].Id), default), Is.Empty);
        var top = Guid.Parse((await Get<OutcomesReader>().PlacesAsync(publication.Number, officer, default))[0].Id);
        var below = await Get<DrillDown>().BelowAsync(publication.Number, leader, await QuestionAsync(top), default);
        Assert.That(below, Is.Empty, "the regions are not the leader's");
    }

    private async Task<OutcomeQuestion> QuestionAsync(Guid place)
    {
        var reader = Get<OutcomesReader>();
        var group = Guid.Parse((await reader.GroupsAsync(publication.Number, officer, default))[0].Id);
        var with = (await reader.AskedWithAsync(publication.Number, group, default))[0];
        var year = (await reader.PeriodsAsync(publication.Number, default)).First(p => p.Kind == "three-years");
        return new OutcomeQuestion(group, place, year.Id, with.Id, with.Perspective);
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
