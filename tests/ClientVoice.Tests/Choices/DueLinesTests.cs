#pragma warning disable NUnit1027 // FsCheck gives the arguments of its properties.
// Who is due is kept as lines and made anew where something under them changed. Whatever happens, in whatever order: what somebody reads
// equals what is worked out whole at that moment, also where two nodes read at once. With one body on every database.
using ClientVoice.Choices.Due;

namespace ClientVoice.Tests.Choices;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class DueLinesTests(string database)
{
    private DueOrganisation organisation = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => organisation = await DueOrganisation.CreateAsync(database);

    [OneTimeTearDown]
    public async Task StopAsync() => await organisation.DisposeAsync();

    [FsCheck.NUnit.Property(MaxTest = 12, StartSize = 6, EndSize = 40, Replay = "2026,1127", QuietOnSuccess = true)]
    public void AnyInterleavingOfWhatHappensAndOfReadsEqualsWorkingOutEverything(FsCheck.PositiveInt[] steps) => LiveAsync([.. steps.Select(s => s.Get)]).GetAwaiter().GetResult();

    // With every kind of step several times, so that it does not hang on what FsCheck comes up with.
    [Test]
    public async Task InALongLifeWhatIsReadAlwaysEqualsWorkingOutEverything()
    {
        var random = new Random(1);
        var (seen, changed) = await LiveAsync([.. Enumerable.Range(0, 400).Select(_ => random.Next(1, 100_000))]);
        Assert.That(seen, Is.GreaterThan(200), "somebody was due");
        Assert.That(changed, Is.GreaterThan(40), "lines came, went and changed");
    }

    [Test]
    public async Task WhereNothingChangedNothingIsMadeAnew()
    {
        await organisation.BeginAnewAsync(new Random(5));
        var refresh = organisation.Services.GetRequiredService<DueRefresh>();
        Assert.That(await refresh.OfScopeAsync(DueOrganisation.People[1], default), Is.GreaterThan(0));
        Assert.That(await refresh.OfScopeAsync(DueOrganisation.People[1], default), Is.Zero);
        Assert.That(await refresh.EverybodyAsync(default), Is.GreaterThan(0), "who is out of that scope was left to who reads about them");
        Assert.That(await refresh.EverybodyAsync(default), Is.Zero);
        Assert.That(await organisation.CountAsync("ClientChange"), Is.Zero, "and no mark is left");
    }

    [Test]
    public async Task WhoReadsAtOnceWhileThingsHappenReadsAndLeavesWhatIsTrue()
    {
        var random = new Random(3);
        await organisation.BeginAnewAsync(random);
        for (var round = 0; round < 12; round++)
        {
            var happens = organisation.Steps[random.Next(organisation.Steps.Count)](random);
            await Task.WhenAll([happens, .. Enumerable.Range(0, 6).Select(i => Task.Run(() => organisation.Services.GetRequiredService<DueRefresh>().OfScopeAsync(DueOrganisation.People[i % 3], default)))]);
            await IsTrueAsync(DueOrganisation.People[0]);
        }
    }

    private async Task<(int Seen, int Changed)> LiveAsync(int[] steps)
    {
        await organisation.BeginAnewAsync(new Random(steps.Length));
        var (seen, changed, last) = (0, 0, Array.Empty<string>() as IReadOnlyList<string>);
        foreach (var (step, i) in steps.Select((s, i) => (s, i)))
        {
            var random = new Random(step + i);
            organisation.Tick();
            await organisation.Steps[step % organisation.Steps.Count](random);
            switch (random.Next(4))
            {
                case 0:
                    await organisation.LookAheadAsync();
                    break;
                case 1:
                    await IsTrueAsync(DueOrganisation.People[1 + random.Next(2)]);
                    break;
                default:
                    var now = await IsTrueAsync(DueOrganisation.People[0]);
                    (seen, changed, last) = (seen + now.Count, changed + now.Except(last).Count(), now);
                    break;
            }
        }

        foreach (var person in DueOrganisation.People)
        {
            await IsTrueAsync(person);
        }

        return (seen, changed);
    }

    private async Task<IReadOnlyList<string>> IsTrueAsync(Guid person)
    {
        var (kept, whole) = await organisation.ReadAsync(person);
        Assert.Multiple(() =>
        {
            Assert.That(kept.Except(whole), Is.Empty, "kept, and not where everything is worked out");
            Assert.That(whole.Except(kept), Is.Empty, "worked out, and not kept");
            Assert.That(kept, Has.Count.EqualTo(whole.Count));
        });
        return kept;
    }
}
