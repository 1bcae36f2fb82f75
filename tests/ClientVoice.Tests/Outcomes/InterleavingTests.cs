#pragma warning disable NUnit1027 // FsCheck gives the arguments of its properties.
// Two organisations live through the same days. In one, every run counts what changed, and some runs die half-way; in the other
// every run counts everything. Whatever happens in whatever order, both publish the same.
using System.Globalization;
using System.Text.Json;
using ClientVoice.Database;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.Tests.Outcomes;

/// <param name="database">One of <see cref="Databases"/>.</param>
/// <param name="mostUnknowns">Up to how many hiding is worked out; above it, families are counted by what changed. 0: always; 40: families grow past it.</param>
[TestFixtureSource(nameof(Cases))]
public sealed class InterleavingTests(string database, int mostUnknowns)
{
    private LivingOrganisation changes = null!;
    private LivingOrganisation everything = null!;
    private bool toldAnonymous;

    public static IEnumerable<TestFixtureData> Cases() => Databases.All().SelectMany(of => ((int[])[0, 40, 1_200]).Select(most =>
    {
        var data = new TestFixtureData(of.Arguments[0], most);
        return of.RunState == NUnit.Framework.Interfaces.RunState.Ignored ? data.Ignore((string)of.Properties.Get("_SKIPREASON")!) : data;
    }));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        changes = await LivingOrganisation.CreateAsync(database, mostUnknowns);
        everything = await LivingOrganisation.CreateAsync(database, mostUnknowns);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await changes.DisposeAsync();
        await everything.DisposeAsync();
    }

    [FsCheck.NUnit.Property(MaxTest = 12, StartSize = 6, EndSize = 30, Replay = "2026,1127", QuietOnSuccess = true)]
    public void AnyInterleavingOfWhatHappensAndOfRunsEqualsCountingEverything(FsCheck.PositiveInt[] steps) => LiveAsync([.. steps.Select(s => s.Get)]).GetAwaiter().GetResult();

    // With every kind of step several times, so that it does not hang on what FsCheck comes up with.
    [Test]
    public async Task ALongLifeEqualsCountingEverything()
    {
        var random = new Random(1);
        toldAnonymous = false;
        await LiveAsync([.. Enumerable.Range(0, 60).Select(_ => random.Next(1, 100_000))]);
        Assert.That(toldAnonymous, "of some it was told how many took part without a name");
    }

    // In the midst of a publication that was never shown.
    [Test]
    public async Task AfterAnUpgradeTheSameIsPublishedAndLifeGoesOn()
    {
        var random = new Random(2);
        await LiveAsync([.. Enumerable.Range(0, 40).Select(_ => random.Next(1, 100_000))], upgradeAt: 20);
    }

    /// <param name="upgradeAt">After so many steps, one of the two comes from an earlier version of the service; null for never.</param>
    private async Task LiveAsync(int[] steps, int? upgradeAt = null)
    {
        await changes.ForgetAsync();
        await everything.ForgetAsync();
        foreach (var (step, i) in steps.Append(int.MaxValue).Select((s, i) => (s, i)))
        {
            if (i == upgradeAt)
            {
                await UpgradeAsync();
            }

            var random = new Random(step + i);
            switch (step == int.MaxValue ? 6 : step % 23)
            {
                case < 5:
                    await BothAsync((o, r) => o.SubmitAsync(r, 1 + r.Next(12)), random.Next());
                    break;
                case 21 or 22:
                    await BothAsync((o, r) => o.TakePartWithoutANameAsync(r, 1 + r.Next(12)), random.Next());
                    break;
                case 5:
                    await BothAsync((o, r) => o.MoveAsync(r), random.Next());
                    break;
                case < 10:
                    await RunAsync(random.Next(3) == 0 ? random.Next(6) : null);
                    break;
                case < 12:
                    await BothAsync((o, r) => o.CorrectAsync(r), random.Next());
                    break;
                case < 14:
                    await BothAsync((o, r) => o.EraseAsync(r), random.Next());
                    break;
                case 14:
                    await BothAsync((o, r) => o.LeaveOutMarkedAsync(r), random.Next());
                    break;
                case < 17:
                    await BothAsync((o, r) => o.FollowUpAsync(r), random.Next());
                    break;
                case 20:
                    await BothAsync((o, r) => o.ReparentAsync(r), random.Next());
                    break;
                case 17:
                    await BothAsync((o, r) => o.MoveAheadAsync(r), random.Next());
                    break;
                default:
                    await BothAsync((o, r) => o.SleepAsync(r), random.Next());
                    break;
            }
        }
    }

    private static bool TellsAnonymous(string row) =>
        row.StartsWith($"{KeptTable.Participation.Name} ", StringComparison.Ordinal)
        && JsonSerializer.Deserialize<JsonElement[]>(row[(KeptTable.Participation.Name.Length + 1)..])![KeptTable.At(ParticipationRows.Columns, "Anonymous")] is { ValueKind: JsonValueKind.Number } told && told.GetInt32() > 0;

    private async Task UpgradeAsync()
    {
        await BothAsync((o, r) => o.SubmitAsync(r, 12), 3);
        var published = await changes.DieAsync(2);
        var before = await changes.PublishedAsync();
        await changes.UpgradeAsync();
        var after = await changes.PublishedAsync();
        Assert.Multiple(() =>
        {
            Assert.That(published, Is.False, "it died half-way");
            Assert.That(before.Rows, Has.Count.GreaterThan(100));
            Assert.That(after.Rows, Is.EqualTo(before.Rows));
            Assert.That(after.Head, Is.EqualTo(before.Head).And.Contain(after.RowsHash));
        });
    }

    private async Task BothAsync(Func<LivingOrganisation, Random, Task> happens, int seed)
    {
        await happens(changes, new Random(seed));
        await happens(everything, new Random(seed));
    }

    /// <param name="dies">After so many reports of progress it dies; the next run takes it up again. Null: it does not.</param>
    private async Task RunAsync(int? dies)
    {
        var published = dies is { } after && await changes.DieAsync(after);
        if (!published && !await changes.CountAsync(false))
        {
            return;
        }

        await everything.CountAsync(true);
        var (one, other) = (await changes.PublishedAsync(), await everything.PublishedAsync());
        toldAnonymous |= one.Rows.Any(TellsAnonymous);
        Assert.Multiple(() =>
        {
            Assert.That(one.Rows.Except(other.Rows), Is.Empty, "published where what changed is counted, and not where everything is");
            Assert.That(other.Rows.Except(one.Rows), Is.Empty, "published where everything is counted, and not where what changed is");
            Assert.That(one.Head, Is.EqualTo(other.Head), "number, hash, cells, hidden cells, conversations");
            Assert.That(one.Head, Does.Contain(one.RowsHash), "the hash is that of the rows that can be read");
            Assert.That(one.UnlikeRows.Concat(other.UnlikeRows), Is.Empty, "how a cell stands is kept as its row says");
            Assert.That(one.Counted.Except(other.Counted), Is.Empty, "what is kept for the next run");
            Assert.That(other.Counted.Except(one.Counted), Is.Empty, "what is kept for the next run, where everything is counted");
        });
    }
}
