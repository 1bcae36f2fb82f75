using ClientVoice.Access;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Tests.Access;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class ServiceKeysTests(string database)
{
    [Test]
    public async Task NodesThatStartAtOnceAgreeOnOneKey()
    {
        using var data = new TemporaryFolder(database);
        await data.Migrator().RunAsync(default);
        var secrets = data.Secrets(new EphemeralDataProtectionProvider());
        var hashes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var node = new ServiceKeys(data.Database, secrets, TimeProvider.System);
            return await node.HashAsync("worker@proef", default);
        })));
        Assert.That(hashes.Distinct().ToList(), Has.Count.EqualTo(1), "an address that one node keeps is found by all");
        Assert.That(await data.ValueAsync<int>("SELECT COUNT(*) FROM ServiceKey"), Is.EqualTo(1));
    }
}
