using System.Net;
using ClientVoice.Access;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Tests.Access;

/// <summary>Guessing is slowed down, over all nodes, and keeps nobody out who is at home.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class SignInBrakeTests(string database)
{
    private const string Account = "WIL@HUIS";

    private readonly EphemeralDataProtectionProvider provider = new();
    private readonly List<ServiceKeys> keys = [];
    private TemporaryFolder data = null!;
    private Clock clock = null!;
    private SignInBrake brake = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        data = new TemporaryFolder(database);
        await data.Migrator().RunAsync(default);
        clock = new Clock();
        brake = Node();
    }

    [TearDown]
    public void Remove()
    {
        keys.ForEach(k => k.Dispose());
        keys.Clear();
        data.Dispose();
    }

    [Test]
    public async Task AfterTenTriesEachFurtherOneTakesTwiceAsLongUpToAQuarterOfAnHour()
    {
        await FailAsync(Stranger(1), SignInBrake.Tries);
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            var wait = await WaitAsync(Stranger(1));
            waits.Add(wait.TotalSeconds);
            clock.Now += wait;
            await FailAsync(Stranger(1), 1);
        }

        Assert.That(waits, Is.EqualTo(new double[] { 30, 60, 120, 240, 480, 900, 900 }));
    }

    [Test]
    public async Task AnHourAfterTheLastWrongOneNothingIsCountedAnyMore()
    {
        await FailAsync(Stranger(1), SignInBrake.Tries);
        clock.Now += TimeSpan.FromHours(1);
        await FailAsync(Stranger(1), SignInBrake.Tries);
        Assert.That(await WaitAsync(Stranger(1)), Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task AClockThatIsPutBackKeepsNobodyOutAndForgetsNoGuess()
    {
        await FailAsync(Stranger(1), SignInBrake.Tries);
        clock.Now -= TimeSpan.FromDays(1);
        await FailAsync(Stranger(1), 1);
        Assert.That(await WaitAsync(Stranger(1)), Is.EqualTo(TimeSpan.FromSeconds(60)), "one try, and then the waiting goes on where it was");
    }

    [Test]
    public async Task TwoNodesGiveNoMoreGuessesThanOne()
    {
        var second = Node();
        for (var i = 0; i < SignInBrake.Tries; i++)
        {
            Assert.That((await (i % 2 == 0 ? brake : second).TryAsync(Stranger(1), Account, default)).Try, Is.Not.Null);
        }

        foreach (var node in (SignInBrake[])[brake, second, Node()])
        {
            Assert.That((await node.TryAsync(Stranger(1), Account, default)).Wait, Is.EqualTo(TimeSpan.FromSeconds(30)), "also at a node that began just now");
        }
    }

    [Test]
    public async Task ManyGuessesAtOnceOverTwoNodesAreNoWayAround()
    {
        var second = Node();
        var tries = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => (await (i % 2 == 0 ? brake : second).TryAsync(Stranger(1), Account, default)).Try)));
        Assert.That(tries.Count(t => t is not null), Is.EqualTo(SignInBrake.Tries));
    }

    [Test]
    public async Task AnAttackerElsewhereKeepsNobodyOut()
    {
        await FailAsync(Stranger(1), SignInBrake.Tries);
        Assert.That(await WaitAsync(Stranger(2)), Is.EqualTo(TimeSpan.Zero), "another address");
        Assert.That(await WaitAsync(Stranger(1), "RIA@HUIS"), Is.EqualTo(TimeSpan.Zero), "a colleague at the same address");
    }

    [Test]
    public async Task WhoSignedInOnADeviceBeforeComesInThereWhateverIsTriedElsewhere()
    {
        var cookie = await KnownAsync(Stranger(1));
        for (var address = 1; address <= SignInBrake.TriesFromAfar / SignInBrake.Tries; address++)
        {
            await FailAsync(Stranger(address), SignInBrake.Tries);
        }

        Assert.That(await WaitAsync(Stranger(200)), Is.GreaterThan(TimeSpan.Zero), "a stranger waits, wherever: the account is tried from everywhere");
        Assert.That((await Node().TryAsync(Stranger(1, cookie), Account, default)).Try, Is.Not.Null, "the owner, at the attacker's own address and another node");
    }

    [Test]
    public async Task ManyAccountsFromOneAddressAreSlowedDownToo()
    {
        for (var i = 0; i < SignInBrake.TriesFromAfar; i++)
        {
            await FailAsync(Stranger(1), 1, $"A{i}@HUIS");
        }

        Assert.That(await WaitAsync(Stranger(1), "NEW@HUIS"), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task ACareHomeInWhichEverybodySignsInRightlyIsNeverSlowedDown()
    {
        for (var i = 0; i < SignInBrake.TriesFromAfar + 5; i++)
        {
            var (counted, _) = await brake.TryAsync(Stranger(1), $"A{i % 7}@HUIS", default);
            await brake.TakeBackAsync(counted!, default);
            clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.That(await data.ValueAsync<int>("SELECT SUM(Failures) FROM SignInCount"), Is.Zero);
    }

    [Test]
    public async Task ARightOneLeavesTheCountOfStrangersAsItWas()
    {
        for (var address = 1; address <= SignInBrake.TriesFromAfar / SignInBrake.Tries; address++)
        {
            await FailAsync(Stranger(address), SignInBrake.Tries);
        }

        clock.Now += TimeSpan.FromSeconds(30);
        var (counted, _) = await brake.TryAsync(Stranger(200), Account, default);
        await brake.TakeBackAsync(counted!, default);
        await brake.SucceededAsync(Stranger(200), Account, default);
        Assert.That((await brake.TryAsync(Stranger(201), Account, default)).Try, Is.Not.Null, "the wait was over, and is not begun again by who came in");
        Assert.That(await WaitAsync(Stranger(202)), Is.EqualTo(TimeSpan.FromSeconds(60)), "nor forgotten");
    }

    [Test]
    public async Task AKnownDeviceIsCountedToo()
    {
        var cookie = await KnownAsync(Stranger(1));
        await FailAsync(Stranger(1, cookie), SignInBrake.Tries);
        Assert.That(await WaitAsync(Stranger(1, cookie)), Is.GreaterThan(TimeSpan.Zero));
    }

    [TestCase("made up")]
    [TestCase("WIL@HUIS")]
    public async Task ACookieThatWasMadeUpIsNoKnownDevice(string cookie)
    {
        await FailAsync(Stranger(1), SignInBrake.Tries);
        Assert.That(await WaitAsync(Stranger(1, cookie)), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task NeitherAccountNorAddressCanBeReadInTheDatabase()
    {
        await FailAsync(Stranger(1), 1);
        await FailAsync(Stranger(1, await KnownAsync(Stranger(2))), 1);
        await using var connection = await data.Database.OpenAsync(default);
        Assert.That(await Dapper.SqlMapper.QueryAsync<string>(connection, "SELECT CountedHash FROM SignInCount"), Has.Exactly(4).Items.And.All.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public async Task CountsAreBoundedAndThoseOfWhoIsReallyGuessedAtStay()
    {
        var small = Node(most: 8);
        await FailAsync(Stranger(1), SignInBrake.Tries);
        for (var address = 2; address < 30; address++)
        {
            await FailAsync(Stranger(address), 1, $"A{address}@HUIS");
        }

        clock.Now += TimeSpan.FromSeconds(1);
        Assert.That((await small.TryAsync(Stranger(1), Account, default)).Wait, Is.EqualTo(TimeSpan.FromSeconds(29)));
        Assert.That(await data.ValueAsync<int>("SELECT COUNT(*) FROM SignInCount"), Is.EqualTo(8));
        clock.Now += TimeSpan.FromHours(2);
        await small.TryAsync(Stranger(50), "B@HUIS", default);
        Assert.That(await data.ValueAsync<int>("SELECT COUNT(*) FROM SignInCount"), Is.EqualTo(3), "what is forgotten is gone");
    }

    private SignInBrake Node(int most = 200_000)
    {
        var secrets = data.Secrets(provider);
        var own = new ServiceKeys(data.Database, secrets, TimeProvider.System);
        keys.Add(own);
        return new SignInBrake(provider, data.Database, new LookUps(data.Database, own, secrets), clock) { MostCounts = most };
    }

    private async Task FailAsync(HttpContext context, int times, string account = Account)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.That((await brake.TryAsync(context, account, default)).Try, Is.Not.Null);
        }
    }

    // Zero where it may be tried; it is, then.
    private async Task<TimeSpan> WaitAsync(HttpContext context, string account = Account) => (await brake.TryAsync(context, account, default)).Wait;

    private async Task<string> KnownAsync(HttpContext context)
    {
        await brake.SucceededAsync(context, Account, default);
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=strict"));
        return cookie.Split(';')[0].Split('=', 2)[1];
    }

    private static DefaultHttpContext Stranger(int address, string? cookie = null)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = new IPAddress([192, 0, 2, (byte)address]) } };
        if (cookie is not null)
        {
            context.Request.Headers.Cookie = $"{SignInBrake.Cookie}={cookie}";
        }

        return context;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
