using ClientVoice.Conversations.Anonymous;

namespace ClientVoice.Tests.Conversations.Anonymous;

public sealed class ReleaseRuleTests
{
    private static readonly Guid Whole = Id(1), North = Id(2), South = Id(3), A = Id(4), B = Id(5), C = Id(6);
    private static readonly Dictionary<Guid, Guid?> Parents = new() { [Whole] = null, [North] = Whole, [South] = Whole, [A] = North, [B] = North, [C] = South };

    [Test]
    public void APlaceWithEnoughIsLetGoAndOneWithTooFewWaits() =>
        Assert.That(Of((A, 5), (B, 4)), Is.EqualTo((string[])["A 5"]));

    [Test]
    public void OnceNothingMoreIsToComeWhatIsLeftGoesUpUntilThereAreEnough() => Assert.Multiple(() =>
    {
        Assert.That(Of(true, (A, 2), (B, 3), (C, 1)), Is.EqualTo((string[])["North 5"]), "one is left at the top, and waits");
        Assert.That(Of(true, (A, 2), (C, 4)), Is.EqualTo((string[])["Whole 6"]));
        Assert.That(Of(true, (A, 7), (B, 3), (C, 2)), Is.EqualTo((string[])["A 7", "Whole 5"]));
    });

    [Test]
    public void AQuarterIsItsThreeMonths() => Assert.Multiple(() =>
    {
        Assert.That(AnonymousCohort.EpochOf(new DateOnly(2026, 12, 31)), Is.EqualTo("2026-Q4"));
        Assert.That(new AnonymousCohort("2026-Q4", "", "", default, default).UntilOn, Is.EqualTo(new DateOnly(2026, 12, 31)));
        Assert.That(new AnonymousCohort("2027-Q1", "", "", default, default).UntilOn, Is.EqualTo(new DateOnly(2027, 3, 31)));
    });

    private static string[] Of(params (Guid Place, int People)[] waiting) => Of(false, waiting);

    private static string[] Of(bool isOver, params (Guid Place, int People)[] waiting)
    {
        var number = 100;
        return [.. ReleaseRule.Of([.. waiting.SelectMany(w => Enumerable.Range(0, w.People).Select(_ => new WaitingAnswer(Id(number++), w.Place)))], Parents, 5, isOver)
            .Select(batch => $"{Name(batch.PlaceId)} {batch.Answers.Count}").Order(StringComparer.Ordinal)];
    }

    private static string Name(Guid place) => place == Whole ? "Whole" : place == North ? "North" : place == South ? "South" : place == A ? "A" : place == B ? "B" : "C";

    private static Guid Id(int number) => new($"01900000-0000-7000-8000-{number:000000000000}");
}
