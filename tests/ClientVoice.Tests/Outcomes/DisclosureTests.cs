using ClientVoice.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Outcomes;

public sealed class DisclosureTests
{
    private static readonly Guid Organisation = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid[] Places = [.. Enumerable.Range(2, 4).Select(i => new Guid($"00000000-0000-7000-8000-00000000000{i}"))];
    private static readonly string[] Quarters = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];

    [Test]
    public void FourPeopleAreHiddenAndFiveAreNot() => Assert.That(
        Hide([new("m", "2026", Places[0], 4, null), new("m", "2026", Places[1], 5, null)]),
        Is.EqualTo(new Dictionary<int, string> { [0] = HiddenBecause.FewPeople }));

    [Test]
    public void ASingleHiddenPlaceTakesTheSmallestNeighbourAlong() => Assert.That(
        Hide([new("m", "2026", Organisation, 30, null), new("m", "2026", Places[0], 3, null), new("m", "2026", Places[1], 20, null), new("m", "2026", Places[2], 7, null)]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [3] = HiddenBecause.TellsNeighbour }),
        "30 - 20 - 7 would tell the three people");

    [Test]
    public void TwoSmallPlacesThatTogetherAreFewTakeAThirdAlong() => Assert.That(
        Hide([new("m", "2026", Organisation, 23, null), new("m", "2026", Places[0], 1, null), new("m", "2026", Places[1], 2, null), new("m", "2026", Places[2], 20, null)]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [2] = HiddenBecause.FewPeople, [3] = HiddenBecause.TellsNeighbour }));

    [Test]
    public void APlaceThatIsTheWholeRegionHidesTheRegion() => Assert.That(
        Hide([new("m", "2026", Organisation, 8, HiddenBecause.AllTheSame), new("m", "2026", Places[0], 8, HiddenBecause.AllTheSame)]).Keys,
        Is.EquivalentTo((int[])[0, 1]));

    [Test]
    public void AHiddenQuarterCannotBeFoundFromTheYear() => Assert.That(
        Hide([new("m", "2026", Organisation, 40, null), .. Quarters.Select((q, i) => new HidingCell("m", q, Organisation, i == 0 ? 2 : 10 + i, null))]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [2] = HiddenBecause.TellsNeighbour }));

    [Test]
    public void AnotherMeasureIsNotTouched() => Assert.That(
        Hide([new("m", "2026", Places[0], 4, null), new("n", "2026", Places[0], 9, null)]).Keys, Is.EqualTo((int[])[0]));

    [Test]
    public void TheSmallestGroupIsNeverBelowThree() => Assert.That(
        new Disclosure(NoChildren, NoQuarters, 1).Hide([new("m", "2026", Places[0], 2, null)]), Has.Count.EqualTo(1));

    /// <summary>The law: no sum over places or quarters is left with exactly one unknown, or with few unknown people.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property NoSumTellsAHiddenCell()
    {
        var counts = Gen.Choose(0, 14).ArrayOf(Places.Length * Quarters.Length);
        return Prop.ForAll(counts.ToArbitrary(), people =>
        {
            var cells = Cells(people);
            var hidden = Hide(cells);
            return Sums(cells).All(sum =>
            {
                var parts = sum.Parts.Where(hidden.ContainsKey).ToList();
                return hidden.ContainsKey(sum.Total)
                    ? sum.Parts.Count == 0 || parts.Count > 0
                    : parts.Count == 0 || (parts.Count > 1 && parts.Sum(p => cells[p].People) >= 5);
            });
        });
    }

    private static List<HidingCell> Cells(int[] people)
    {
        var cells = new List<HidingCell>();
        for (var p = 0; p < Places.Length; p++)
        {
            for (var q = 0; q < Quarters.Length; q++)
            {
                Add(Quarters[q], Places[p], people[(p * Quarters.Length) + q]);
            }

            Add("2026", Places[p], people[(p * Quarters.Length)..((p + 1) * Quarters.Length)].Sum());
        }

        foreach (var period in (string[])[.. Quarters, "2026"])
        {
            Add(period, Organisation, cells.Where(c => c.Period == period).Sum(c => c.People));
        }

        return cells;

        void Add(string period, Guid place, int count)
        {
            if (count > 0)
            {
                cells.Add(new HidingCell("m", period, place, count, null));
            }
        }
    }

    private static IEnumerable<(int Total, List<int> Parts)> Sums(List<HidingCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i];
            if (cell.Place == Organisation)
            {
                yield return (i, Where(c => c.Period == cell.Period && c.Place != Organisation));
            }

            if (cell.Period == "2026")
            {
                yield return (i, Where(c => c.Place == cell.Place && c.Period != "2026"));
            }
        }

        List<int> Where(Func<HidingCell, bool> of) => [.. Enumerable.Range(0, cells.Count).Where(j => of(cells[j]))];
    }

    private static readonly ILookup<Guid, Guid> NoChildren = Array.Empty<Guid>().ToLookup(p => p);
    private static readonly ILookup<string, string> NoQuarters = Array.Empty<string>().ToLookup(p => p);

    private static IReadOnlyDictionary<int, string> Hide(IReadOnlyList<HidingCell> cells) =>
        new Disclosure(Places.ToLookup(_ => Organisation), Quarters.ToLookup(_ => "2026"), 5).Hide(cells);
}
