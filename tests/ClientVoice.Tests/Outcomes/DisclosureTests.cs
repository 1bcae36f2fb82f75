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
        Hide([Cell("2026", Places[0], 4, null), Cell("2026", Places[1], 5, null)]),
        Is.EqualTo(new Dictionary<int, string> { [0] = HiddenBecause.FewPeople }));

    [Test]
    public void ASingleHiddenPlaceTakesTheSmallestNeighbourAlong() => Assert.That(
        Hide([Cell("2026", Organisation, 30, null), Cell("2026", Places[0], 3, null), Cell("2026", Places[1], 20, null), Cell("2026", Places[2], 7, null)]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [3] = HiddenBecause.TellsNeighbour }),
        "30 - 20 - 7 would tell the three people");

    [Test]
    public void TwoSmallPlacesThatTogetherAreFewTakeAThirdAlong() => Assert.That(
        Hide([Cell("2026", Organisation, 23, null), Cell("2026", Places[0], 1, null), Cell("2026", Places[1], 2, null), Cell("2026", Places[2], 20, null)]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [2] = HiddenBecause.FewPeople, [3] = HiddenBecause.TellsNeighbour }));

    [Test]
    public void APlaceThatIsTheWholeRegionHidesTheRegion() => Assert.That(
        Hide([Cell("2026", Organisation, 8, HiddenBecause.AllTheSame), Cell("2026", Places[0], 8, HiddenBecause.AllTheSame)]).Keys,
        Is.EquivalentTo((int[])[0, 1]));

    [Test]
    public void AHiddenQuarterCannotBeFoundFromTheYear() => Assert.That(
        Hide([Cell("2026", Organisation, 40, null), .. Quarters.Select((q, i) => Cell(q, Organisation, i == 0 ? 2 : 10 + i, null))]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [2] = HiddenBecause.TellsNeighbour }));

    [Test]
    public void AnotherMeasureIsNotTouched() => Assert.That(
        Hide([Cell("2026", Places[0], 4, null), Cell("2026", Places[0], 9, null, 1)]).Keys, Is.EqualTo((int[])[0]));

    [Test]
    public void AHiddenQuestionCannotBeFoundFromItsDomain() => Assert.That(
        Hide([Cell("2026", Places[0], 9, null, 0), Cell("2026", Places[0], 4, null, 1), Cell("2026", Places[0], 9, null, 2)]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [2] = HiddenBecause.TellsNeighbour }),
        "measure 0 is the domain of the questions 1 and 2");

    [Test]
    public void WhatWasShownBeforeIsNoCover() => Assert.That(
        Hide([Cell("2026", Organisation, 30, null), Cell("2026", Places[0], 3, null), Cell("2026", Places[1], 20, null), Cell("2026", Places[2], 7, null, known: true, unknown: 0)]),
        Is.EqualTo(new Dictionary<int, string> { [1] = HiddenBecause.FewPeople, [2] = HiddenBecause.TellsNeighbour }),
        "hiding the seven again would hide nothing");

    [Test]
    public void NewsOfFewPeopleIsCoveredUntilItIsNewsOfSeveral() => Assert.That(
        Hide(
        [
            Cell("2026", Organisation, 40, null, unknown: 6), Cell("2026", Places[0], 12, HiddenBecause.FewNews, unknown: 1),
            Cell("2026", Places[1], 14, null, unknown: 2), Cell("2026", Places[2], 14, null, unknown: 3),
        ]).Keys,
        Is.EqualTo((int[])[1, 2, 3]), "1 and 2 new people together are still few; 1, 2 and 3 are six");

    [Test]
    public void TheSmallestGroupIsNeverBelowThree() => Assert.That(
        new Disclosure((_, _) => [], NoQuarters, NoQuestions, 1).Hide([Cell("2026", Places[0], 2, null)]), Has.Count.EqualTo(1));

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
                cells.Add(Cell(period, place, count, null));
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

    private static readonly ILookup<int, int> NoQuestions = Array.Empty<int>().ToLookup(p => p);
    private static readonly ILookup<string, string> NoQuarters = Array.Empty<string>().ToLookup(p => p);

    private static IReadOnlyDictionary<int, string> Hide(IReadOnlyList<HidingCell> cells) =>
        new Disclosure((period, place) => place == Organisation ? Places.Select(p => new BlockKey(period, p)) : [], Quarters.ToLookup(_ => "2026"), ((int[])[1, 2]).ToLookup(_ => 0), 5).Hide(cells);

    private static HidingCell Cell(string period, Guid place, int people, string? own, int measure = 3, bool known = false, int? unknown = null) =>
        new(period, place, measure, people, own, known, unknown ?? people);
}
