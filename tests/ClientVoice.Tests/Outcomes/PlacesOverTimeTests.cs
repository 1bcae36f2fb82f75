using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

/// <summary>A tree that changes: what was said stays where it counted, and sums stay sums.</summary>
public sealed class PlacesOverTimeTests
{
    private static readonly Guid Organisation = Id(1), East = Id(2), West = Id(3), Linde = Id(4), Beuk = Id(5), Team = Id(6);

    // The Linde went from east to west with November, and back with next March; its team came along both times.
    private static readonly Place[] Places =
    [
        new(Organisation, null, "organisation", "O", 5), new(East, Organisation, "region", "Oost", null), new(West, Organisation, "region", "West", null),
        new(Linde, East, "location", "Linde", null), new(Beuk, East, "location", "Beuk", null), new(Team, Linde, "team", "Team", null),
    ];

    private static readonly PlaceMove[] Moves =
    [
        new() { Id = Id(11), PlaceId = Linde, FromParentId = East, ToParentId = West, CountsFrom = new(2026, 11, 1), MovedAt = new(2026, 10, 5, 0, 0, 0, TimeSpan.Zero) },
        new() { Id = Id(12), PlaceId = Linde, FromParentId = West, ToParentId = East, CountsFrom = new(2027, 3, 1), MovedAt = new(2027, 2, 5, 0, 0, 0, TimeSpan.Zero) },
    ];

    [TestCase("2026-10-31", "Team Linde Oost O")]
    [TestCase("2026-11-01", "Team Linde West O")]
    [TestCase("2027-02-28", "Team Linde West O")]
    [TestCase("2027-03-01", "Team Linde Oost O")]
    public void ADayIsOfTheTreeOfItsMonth(string day, string above) => Assert.That(
        string.Join(' ', new PlacesOverTime(Places, Moves).Above(Team, DateOnly.ParseExact(day, "yyyy-MM-dd")).Select(p => Places.Single(x => x.Id == p).Name)), Is.EqualTo(above));

    [Test]
    public void ARegionIsTheSumOfWhatWasBelowItAndOfWhatCameWithinAPeriodItsMonths()
    {
        var run = Run();
        Assert.Multiple(() =>
        {
            Assert.That(run.Below("2026-10", East), Is.EquivalentTo((BlockKey[])[new("2026-10", Linde), new("2026-10", Beuk)]));
            Assert.That(run.Below("2026-11", East), Is.EqualTo((BlockKey[])[new("2026-11", Beuk)]));
            Assert.That(run.Below("2026-Q4", East), Is.EquivalentTo((BlockKey[])[new("2026-Q4", Beuk), new("2026-10", Linde)]));
            Assert.That(run.Below("2026-Q4", West), Is.EquivalentTo((BlockKey[])[new("2026-11", Linde), new("2026-12", Linde)]));
            Assert.That(run.Below("2026", East), Is.EquivalentTo((BlockKey[])[new("2026", Beuk), new("2026-Q1", Linde), new("2026-Q2", Linde), new("2026-Q3", Linde), new("2026-10", Linde)]));
            Assert.That(run.Below("2026-Q4", Linde), Is.EqualTo((BlockKey[])[new("2026-Q4", Team)]), "it moved with what is below it");
            Assert.That(run.Below("2026-Q4", Organisation), Is.EquivalentTo((BlockKey[])[new("2026-Q4", East), new("2026-Q4", West)]));
        });
    }

    [Test]
    public void ABlockIsANeighbourOfAllThatIsInASumWithItAlsoWhereAPlaceMoved()
    {
        var neighbours = Run().WithNeighbours([new BlockKey("2026-11", Linde)]);
        Assert.That(neighbours, Is.SupersetOf((BlockKey[])[new("2026-11", West), new("2026-Q4", West), new("2026-12", Linde), new("2026", West), new("2026-Q4", Linde), new("2026-11", Team)]));
        Assert.That(neighbours, Does.Not.Contain(new BlockKey("2026-11", East)).And.Not.Contain(new BlockKey("2026-11", Beuk)));
    }

    private static AggregationRun Run() => new(Places, Moves, Period.Between(new(2026, 1, 1), new(2027, 5, 1)), new Dictionary<string, MeasureSheet>())
    {
        Limits = new CountingLimits(), Dialect = ClientVoice.Database.SqlDialect.Sqlite, Reading = null!, Snapshot = null!, Facts = null!, Kept = null!, LeaveOutMarked = false,
        Today = new(2027, 5, 1), Moment = null!, Former = [], KnownThrough = 0,
    };

    private static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:000000000000}");
}
