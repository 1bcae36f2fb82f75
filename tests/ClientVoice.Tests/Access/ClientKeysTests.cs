// The keys of clients: one each, whoever makes it first; found by nobody once it is destroyed.
using System.Security.Cryptography;
using System.Text;
using ClientVoice.Access;
using Microsoft.AspNetCore.DataProtection;

namespace ClientVoice.Tests.Access;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class ClientKeysTests(string database)
{
    private static readonly ErasureProof Proof = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero), ServiceUnderTest.Officer, ErasureReasons.TimeIsOver);

    private readonly EphemeralDataProtectionProvider ring = new();
    private TemporaryFolder data = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        data = new TemporaryFolder(database);
        await data.Migrator().RunAsync(default);
    }

    [TearDown]
    public void Remove() => data.Dispose();

    [Test]
    public async Task NodesThatMakeTheFirstKeyOfAClientAtOnceAgreeOnOne()
    {
        var clients = Ids(40);
        var nodes = Enumerable.Range(0, 6).Select(_ => data.Keys(ring)).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.MakeAsync(clients, default))));
        foreach (var client in clients)
        {
            Assert.That(nodes.Append(data.Keys(ring)).Select(node => Convert.ToHexString(node.Find(client))).Distinct().ToList(), Has.Count.EqualTo(1), "what one node writes the others read, also one that comes later");
        }

        Assert.That(clients.Select(client => Convert.ToHexString(nodes[0].Find(client))).Distinct().ToList(), Has.Count.EqualTo(clients.Length), "each has a key of their own");
        Assert.That(Files(), Has.Count.EqualTo(clients.Length), "and nothing else is left behind");
    }

    [Test]
    public async Task AKeyThatWasDestroyedIsFoundByNoNodeAndNotMadeAgain()
    {
        var client = Ids(1)[0];
        var node = data.Keys(ring);
        await node.MakeAsync([client], default);
        node.Destroy(client, Proof);
        node.Destroy(client, Proof);
        foreach (var any in (ClientKeys[])[node, data.Keys(ring)])
        {
            Assert.That(Assert.Throws<ClientKeyGoneException>(() => any.Find(client))!.IsErased);
            await Assert.ThrowsAsync<ClientKeyGoneException>(() => any.MakeAsync([client], default));
            Assert.That((any.Folder.ProofOf(client), any.Folder.Destroyed()), Is.EqualTo(((ErasureProof?)Proof, (Guid[])[client])));
        }
    }

    [Test]
    public async Task ANodeThatWasKilledWhileItMadeAKeyLeavesNoSecondCopyThatOutlivesIt()
    {
        var client = Ids(1)[0];
        var node = data.Keys(ring);
        await node.MakeAsync([client], default);
        var file = Files().Single();
        File.Copy(file, $"{file}.0123456789abcdef{DurableFile.Making}");
        node.Destroy(client, Proof);
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public async Task AKeyDestroyedHalfIsDestroyedWholeWhenItIsTakenUpAgain()
    {
        var client = Ids(1)[0];
        var node = data.Keys(ring);
        await node.MakeAsync([client], default);
        var (file, content) = (Files().Single(), await File.ReadAllBytesAsync(Files().Single()));
        node.Destroy(client, Proof);
        // As a node leaves it that was killed when the proof was there and the key was too.
        await File.WriteAllBytesAsync(file, content);
        data.Keys(ring).Destroy(client, Proof);
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public async Task ATextOpensAsItsOwnKindOfItsOwnClientOnly()
    {
        var (anna, bram) = (Ids(2)[0], Ids(2)[1]);
        var secrets = data.Secrets(ring);
        var about = await secrets.ForNewAsync([anna, bram], default);
        var cipher = about[anna].Protect(SecretKind.Name, "Anna");
        Assert.That(secrets.Open(SecretKind.Name, cipher), Is.EqualTo("Anna"));
        Assert.That(about[anna].Protect(SecretKind.Name, "Anna"), Is.Not.EqualTo(cipher), "equal names are not equal in a stolen database");
        Assert.That(Encoding.Latin1.GetString(cipher), Does.Not.Contain("Anna"));
        Assert.Throws<AuthenticationTagMismatchException>(() => secrets.Open(SecretKind.Words, cipher), "copied into another column");
        bram.ToByteArray().CopyTo(cipher, 1);
        Assert.Throws<AuthenticationTagMismatchException>(() => secrets.Open(SecretKind.Name, cipher), "said to be somebody else's");
    }

    [Test]
    public async Task AKeyFilePutUnderTheNameOfAnotherClientOpensNothing()
    {
        var (anna, bram) = (Ids(2)[0], Ids(2)[1]);
        await data.Keys(ring).MakeAsync([anna, bram], default);
        File.Copy(Files().Single(f => f.Contains($"{anna:N}", StringComparison.Ordinal)), Files().Single(f => f.Contains($"{bram:N}", StringComparison.Ordinal)), true);
        Assert.Throws<CryptographicException>(() => data.Keys(ring).Find(bram));
    }

    [Test]
    public async Task AMissingKeyIsNotMadeAnewForSomebodyWhoHadOneAndListsGoOn()
    {
        var client = Ids(1)[0];
        var secrets = data.Secrets(ring);
        var cipher = (await secrets.ForNewAsync([client], default))[client].Protect(SecretKind.Name, "Anna");
        var (file, content) = (Files().Single(), await File.ReadAllBytesAsync(Files().Single()));
        File.Delete(file);
        var later = data.Secrets(ring);
        Assert.That((await Assert.ThrowsAsync<ClientKeyGoneException>(async () => await later.ForAsync(client, default)))!.IsErased, Is.False);
        using var names = new OpenedNames(later);
        Assert.That(names.Open(cipher), Is.EqualTo(Secrets.Unreadable));
        await File.WriteAllBytesAsync(file, content);
        Assert.That(names.Open(cipher), Is.EqualTo("Anna"), "a key that was put back is found again");
    }

    [Test]
    public async Task WhatHoldsWordsOfSeveralClosesWithEachOfThem()
    {
        var clients = Ids(3);
        var secrets = data.Secrets(ring);
        await secrets.ForNewAsync(clients, default);
        var cipher = await secrets.ProtectForAllAsync(SecretKind.Words, [1, 2, 3], clients, default);
        Assert.That((SharedSecrets.ClientsOf(cipher), data.Secrets(ring).OpenBytes(SecretKind.Words, cipher)), Is.EqualTo((clients, (byte[])[1, 2, 3])));
        Assert.Throws<AuthenticationTagMismatchException>(() => secrets.OpenBytes(SecretKind.Document, cipher));
        data.Keys(ring).Destroy(clients[1], Proof);
        Assert.That(Assert.Throws<ClientKeyGoneException>(() => data.Secrets(ring).OpenBytes(SecretKind.Words, cipher))!.IsErased);
    }

    [Test]
    public void WhatTheServiceProtectsIsNotTakenForAClients()
    {
        var secrets = data.Secrets(ring);
        for (var i = 0; i < 100; i++)
        {
            Assert.That(ClientSecrets.ClientOf(secrets.Protect(SecretKind.Name, "Wil Werker")), Is.Null);
        }
    }

    private static Guid[] Ids(int count) => [.. Enumerable.Range(1, count).Select(i => new Guid($"01900000-0000-7000-8000-{i:000000000000}"))];

    private List<string> Files() => [.. Directory.GetFiles(Path.Combine(data.Path, "keys", "clients"), "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".json", StringComparison.Ordinal))];
}
