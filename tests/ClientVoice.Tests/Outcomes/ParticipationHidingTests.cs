using ClientVoice.Outcomes;
using FsCheck;
using FsCheck.Fluent;

namespace ClientVoice.Tests.Outcomes;

/// <summary>How many took part without a name is told where it tells nobody: neither of those without a name nor of those with one.</summary>
public sealed class ParticipationHidingTests
{
    private const int Smallest = 5;
    private static readonly Guid Organisation = new("00000000-0000-7000-8000-000000000001");
    private static readonly Guid[] Places = [.. Enumerable.Range(2, 4).Select(i => new Guid($"00000000-0000-7000-8000-00000000000{i}"))];
    private static readonly string[] Quarters = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];

    [TestCase(12, 0, false, TestName = "NobodyWithoutANameIsToldAsNobody")]
    [TestCase(12, 5, false, TestName = "FiveWithoutANameAndSevenWithOneAreTold")]
    [TestCase(12, 12, false, TestName = "ThatAllTookPartWithoutANameIsTold")]
    [TestCase(12, 4, true, TestName = "FourWithoutANameAreHidden")]
    [TestCase(12, 8, true, TestName = "FourWithANameAreHidden")]
    public void OfOnePlace(int held, int anonymous, bool hides) =>
        Assert.That(Hide([Cell("2026", Places[0], held, anonymous)]), Is.EqualTo((HiddenParticipation[])[new(null, hides)]));

    [Test]
    public void AHiddenRowHidesWhatIsInIt() =>
        Assert.That(Hide([Cell("2026", Places[0], 4, 0)]), Is.EqualTo((HiddenParticipation[])[new(HiddenBecause.FewPeople, true)]), "not even that nobody did");

    [Test]
    public void AHiddenPlaceCannotBeFoundFromTheOthers() => Assert.That(
        Hide([Cell("2026", Organisation, 60, 21), Cell("2026", Places[0], 20, 2), Cell("2026", Places[1], 20, 7), Cell("2026", Places[2], 20, 12)]),
        Is.EqualTo((HiddenParticipation[])[new(null, false), new(null, true), new(null, true), new(null, false)]),
        "21 - 7 - 12 would tell the two");

    [Test]
    public void NoRowIsHiddenForTheSakeOfWhoGaveNoName() => Assert.That(
        Hide([Cell("2026", Organisation, 6, 6), Cell("2026", Places[0], 6, 6), Cell("2026", Places[1], 1, 0)]),
        Is.EqualTo((HiddenParticipation[])[new(null, true), new(HiddenBecause.TellsNeighbour, true), new(HiddenBecause.FewPeople, true)]),
        "how many took part in all is told as before");

    [Test]
    public void WhatDidNotChangeStaysAsItWas()
    {
        IReadOnlyList<ParticipationCell> cells = [Cell("2026", Places[0], 20, 8), Cell("2026", Places[1], 20, 8)];
        var before = new Dictionary<BlockKey, HiddenParticipation> { [cells[0].Block.Key] = new(null, true), [cells[1].Block.Key] = new(null, false) };
        Assert.That(ParticipationHiding.Of(cells, Rule(), before, _ => true).Select(h => h.HidesAnonymous), Is.EqualTo((bool[])[true, false]));
        Assert.That(ParticipationHiding.Of(cells, Rule(), before, _ => false).Select(h => h.HidesAnonymous), Is.EqualTo((bool[])[false, false]), "where somebody had a conversation it is decided anew");
    }

    /// <summary>The attack: whoever adds and subtracts what is told of larger and smaller places, and of longer and shorter periods, finds nothing that was hidden.</summary>
    [FsCheck.NUnit.Property(MaxTest = 500, Replay = "2026,1127", QuietOnSuccess = true)]
    public Property NoSumTellsHowManyTookPartWithoutANameNorWithOne()
    {
        var counts = Gen.Choose(0, 14).ArrayOf(Places.Length * Quarters.Length * 2);
        return Prop.ForAll(counts.ToArbitrary(), people =>
        {
            var cells = Cells(people);
            var hidden = Hide(cells);
            return cells.Select((c, i) => (c, h: hidden[i])).All(x => x.h.Why is null || x.h.HidesAnonymous)
                && cells.Select((c, i) => (c, h: hidden[i])).Where(x => !x.h.HidesAnonymous && x.c.Anonymous > 0).All(x => x.c.Anonymous >= Smallest && (x.c.Held == x.c.Anonymous || x.c.Held - x.c.Anonymous >= Smallest))
                && TellsNothing(cells, c => c.Held, i => hidden[i].Why is not null)
                && TellsNothing(cells, c => c.Anonymous, i => hidden[i].HidesAnonymous)
                && TellsNothing(cells, c => c.Held - c.Anonymous, i => hidden[i].HidesAnonymous);
        });
    }

    // Of every sum: what is shown leaves not one part unknown, nor few people; and what is hidden is not the sum of what is shown.
    private static bool TellsNothing(List<ParticipationCell> cells, Func<ParticipationCell, int> figure, Func<int, bool> isHidden) => Sums(cells).All(sum =>
    {
        if (figure(cells[sum.Total]) == 0)
        {
            return true;
        }

        var parts = sum.Parts.Where(p => figure(cells[p]) > 0).ToList();
        var unknown = parts.Where(isHidden).ToList();
        return isHidden(sum.Total)
            ? parts.Count == 0 || unknown.Count > 0
            : unknown.Count == 0 || (unknown.Count > 1 && unknown.Sum(p => figure(cells[p])) >= Smallest);
    });

    // With a name and without one by turns.
    private static List<ParticipationCell> Cells(int[] people)
    {
        var cells = new List<ParticipationCell>();
        for (var p = 0; p < Places.Length; p++)
        {
            for (var q = 0; q < Quarters.Length; q++)
            {
                var at = 2 * ((p * Quarters.Length) + q);
                Add(Quarters[q], Places[p], people[at] + people[at + 1], people[at]);
            }

            AddSum("2026", Places[p], c => c.Block.Place == Places[p]);
        }

        foreach (var period in (string[])[.. Quarters, "2026"])
        {
            AddSum(period, Organisation, c => c.Block.Period == period);
        }

        return cells;

        void AddSum(string period, Guid place, Func<ParticipationCell, bool> of) => Add(period, place, cells.Where(of).Sum(c => c.Held), cells.Where(of).Sum(c => c.Anonymous));

        void Add(string period, Guid place, int held, int anonymous)
        {
            if (held > 0)
            {
                cells.Add(Cell(period, place, held, anonymous));
            }
        }
    }

    private static IEnumerable<(int Total, List<int> Parts)> Sums(List<ParticipationCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var block = cells[i].Block;
            if (block.Place == Organisation)
            {
                yield return (i, Where(b => b.Period == block.Period && b.Place != Organisation));
            }

            if (block.Period == "2026")
            {
                yield return (i, Where(b => b.Place == block.Place && b.Period != "2026"));
            }
        }

        List<int> Where(Func<Block, bool> of) => [.. Enumerable.Range(0, cells.Count).Where(j => of(cells[j].Block))];
    }

    private static IReadOnlyList<HiddenParticipation> Hide(IReadOnlyList<ParticipationCell> cells) =>
        ParticipationHiding.Of(cells, Rule(), new Dictionary<BlockKey, HiddenParticipation>(), _ => false);

    private static Disclosure Rule() =>
        new((period, place) => place == Organisation ? Places.Select(p => new BlockKey(period, p)) : [], Quarters.ToLookup(_ => "2026"), Array.Empty<int>().ToLookup(p => p), Smallest);

    private static ParticipationCell Cell(string period, Guid place, int held, int anonymous) =>
        new(new Block(period, place, Guid.Empty, "verhaal@1.0", "client"), held, 0, 0, 0, 0, anonymous);
}
