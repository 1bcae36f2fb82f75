using ClientVoice.Access;
using ClientVoice.Clients.Founding;
using ClientVoice.Problems;

namespace ClientVoice.Tests.Access;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class FirstUseTests(string database)
{
    [Test]
    public async Task OfTwoWhoFoundAtOnceOneBecomesAdministratorAndTheCodeIsSpent()
    {
        await using var service = await ServiceUnderTest.StartAsync(database: database, untouched: true);
        var first = service.Services.GetRequiredService<FirstUse>();
        Assert.That(first.IsOpen, Is.False, "before the start has looked");
        var code = await first.OpenAsync(default);
        Assert.That(code, Does.Match("^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$"));
        Assert.That(first.IsCode(code!.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)), "as people type");
        Assert.That(first.IsCode(code[..^1]), Is.False);

        var founder = service.Services.GetRequiredService<Founder>();
        var came = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => founder.FoundAsync("Huis", $"Een {i}", $"een{i}@huis", ServiceUnderTest.Password, default))));
        Assert.That(came, Is.EquivalentTo((bool[])[true, false]));
        var person = await service.Services.GetRequiredService<People>().SignInAsync($"een{Array.IndexOf(came, true)}@huis", ServiceUnderTest.Password, default);
        Assert.That(person!.Role, Is.EqualTo(Roles.Administrator));
        Assert.That(await first.OpenAsync(default), Is.Null, "somebody can sign in now");
        Assert.That(first.IsCode(code), Is.False);
    }

    [Test]
    public async Task TheEleventhAttemptIsNotLookedAt()
    {
        await using var service = await ServiceUnderTest.StartAsync(database: database, untouched: true);
        var first = service.Services.GetRequiredService<FirstUse>();
        var code = (await first.OpenAsync(default))!;
        for (var i = 0; i < 10; i++)
        {
            Assert.That(first.IsCode("wrong"), Is.False);
        }

        Assert.That(() => first.IsCode(code), Throws.TypeOf<ProblemException>().With.Property(nameof(ProblemException.Kind)).EqualTo(ProblemKinds.TooManyAttempts));
    }
}
