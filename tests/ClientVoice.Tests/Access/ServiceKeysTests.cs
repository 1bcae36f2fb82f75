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
            using var keys = new ServiceKeys(data.Database, secrets, TimeProvider.System);
            var node = new LookUps(data.Database, keys, secrets);
            await node.ReadyAsync(default);
            return await node.LookAsync((_, _, found) => Task.FromResult(found.Hash("worker@proef")), default);
        })));
        Assert.That(hashes.Distinct().ToList(), Has.Count.EqualTo(1), "an address that one node keeps is found by all");
        Assert.That(await data.ValueAsync<int>("SELECT COUNT(*) FROM ServiceKey"), Is.EqualTo(1));
    }
}
