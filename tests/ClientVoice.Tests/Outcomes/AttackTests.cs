// The attack: somebody keeps every publication, knows who had a conversation where and when, and adds and subtracts
// whatever was shown. What was hidden must not follow from it, and nobody's own answer either.
using ClientVoice.Outcomes;

namespace ClientVoice.Tests.Outcomes;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class AttackTests(string database)
{
    [TestCase(1, 5, 45, 3)]
    [TestCase(2, 3, 30, 4)]
    [TestCase(3, 8, 70, 3)]
    [TestCase(4, 1, 18, 5)]
    [TestCase(5, 2, 26, 6)]
    [TestCase(6, 4, 40, 4, true)]
    [TestCase(7, 6, 60, 3, true)]
    public async Task NothingHiddenFollowsFromAllThatWasEverShown(int seed, int locations, int people, int publications, bool placesMove = false)
    {
        await using var organisation = await AttackedOrganisation.CreateAsync(database, new Random(seed), locations, people, publications);
        var talks = organisation.Talks;
        var known = new RowSpace(talks.Count * AttackedOrganisation.Questions.Length);
        var hidden = new List<(string? Why, string Name, long[] Sum)>();
        for (var publication = 1; publication <= publications; publication++)
        {
            await organisation.ReceiveAsync(publication);
            await organisation.EndAsync(publication);
            // Now what changed is counted, now everything.
            foreach (var cell in await organisation.CountAsync(full: publication % 2 == 0))
            {
                var now = organisation.Vector(cell, publication);
                if (cell.FiguresOf is { } shownIn)
                {
                    known.Add(organisation.Vector(cell, shownIn));
                }

                // Hidden, or an older figure stands in its place: the figure of today is not to be found.
                if (cell.FiguresOf is null || !organisation.Vector(cell, cell.FiguresOf.Value).SequenceEqual(now))
                {
                    hidden.Add((cell.SuppressionReason, $"{cell} of publication {publication}, {cell.SuppressionReason}", now));
                }
            }

            if (placesMove)
            {
                await organisation.ReparentAsync(new Random(seed + publication), publication, publications);
            }

            // A neighbour that was hidden for another's sake can be shown later, when it tells nothing any more.
            Assert.That(hidden.Where(h => known.Tells(h.Sum)).Select(h => h.Name), Is.Empty, $"nothing hidden is determined by publications 1 to {publication}");
            hidden.RemoveAll(h => h.Why == HiddenBecause.TellsNeighbour);
        }

        Assert.That(hidden, Is.Not.Empty, "there is something to find");
        Assert.Multiple(() =>
        {
            Assert.That(hidden.Where(h => known.Tells(h.Sum)).Select(h => h.Name), Is.Empty, "what was hidden for its own sake never is");
            Assert.That(Enumerable.Range(0, talks.Count * AttackedOrganisation.Questions.Length).Where(i => known.Tells(Unit(i))), Is.Empty, "nobody's answer is determined");
        });

        long[] Unit(int i) => [.. Enumerable.Range(0, talks.Count * AttackedOrganisation.Questions.Length).Select(j => i == j ? 1L : 0)];
    }

    [Test]
    public async Task ASumThatIsShownTellsAndOneThatIsNotDoesNot()
    {
        // The attack itself: from a + b and b follows a, and not c.
        await Task.CompletedTask;
        var known = new RowSpace(3);
        known.Add([1, 1, 0]);
        known.Add([0, 1, 0]);
        Assert.That((known.Tells([1, 0, 0]), known.Tells([0, 0, 1]), known.Tells([2, 3, 0])), Is.EqualTo((true, false, true)));
    }
}
