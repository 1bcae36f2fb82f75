// What is kept about a client is under that client's key: everywhere, from the first row on, and what was kept before is carried over.
using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Commands;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;
using Dapper;

namespace ClientVoice.Tests.Conversations;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
internal sealed class ClientSecretsTests(string database)
{
    // Cipher text that is about no client, or not about one alone.
    private static readonly string[] OfTheService =
    [
        "Person.EmailSecret", "Person.NameSecret", "PersonLogin.SubjectSecret", "Client.PersonHashSecret", "SecondFactor.KeySecret", "ServiceKey.KeySecret", "AnonymousKey.KeySecret", "AnonymousPool.ContentSecret",
        "Choice.ReasonSecret", "Reflection.DocumentSecret", "ReflectionPoint.WhatSecret", "ReflectionPoint.NameSecret", "ReflectionPoint.CameWordsSecret",
        "QualityReport.TitleSecret", "QualityReport.ContentSecret", "QualityReportText.TextSecret", "ImprovementPoint.ContentSecret", "ReportFile.ContentSecret",
        // Under the client's key where it is about one; rows of the trail never change, so it is not carried over.
        "AuditEvent.ReasonSecret",
    ];

    private ServiceUnderTest service = null!;
    private WebApplication? resting;
    private Guid anna, bram;

    [SetUp]
    public async Task StartAsync()
    {
        service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments, database: database);
        anna = await WholeClient.MakeAsync(service, "Zilvermeeuw");
        bram = await WholeClient.MakeAsync(service, "Kokmeeuw");
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (resting is not null)
        {
            await resting.DisposeAsync();
            resting = null;
        }

        await service.DisposeAsync();
    }

    [Test]
    public async Task EveryColumnOfCipherTextIsKnownToBeAboutAClientOrNot()
    {
        await using var connection = await OpenAsync();
        var columns = await connection.QueryAsync<string>(database == Databases.Sqlite
            ? "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'BLOB' AND c.name LIKE '%Secret'"
            : "SELECT c.TABLE_NAME + '.' + c.COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS c JOIN INFORMATION_SCHEMA.TABLES t ON t.TABLE_NAME = c.TABLE_NAME WHERE c.DATA_TYPE = 'varbinary' AND c.COLUMN_NAME LIKE '%Secret' AND t.TABLE_TYPE = 'BASE TABLE'");
        Assert.That(columns, Is.EquivalentTo(ClientColumns.All.SelectMany(t => t.Columns.Select(c => $"{t.Table}.{c.Column}")).Concat(OfTheService)),
            "a new column of cipher text: about a client it belongs in ClientColumns, and is written by Secrets.ForAsync");
    }

    [Test]
    public async Task EveryCipherTextAboutAClientIsUnderThatClientsKey()
    {
        foreach (var client in (Guid[])[anna, bram])
        {
            Assert.That(await NotUnderOwnKeyAsync(client, mustBeThere: true), Is.Empty);
            await using var connection = await OpenAsync();
            var reasons = (await connection.QueryAsync<byte[]>("SELECT ReasonSecret FROM AuditEvent WHERE SubjectId = @client AND ReasonSecret IS NOT NULL", new { client })).ToList();
            Assert.That(reasons.Select(r => ClientSecrets.ClientOf(r)), Is.EqualTo((Guid?[])[client]));
        }
    }

    [Test]
    public async Task WhatTheDemoKeepsAboutItsClientsIsUnderTheirKeys()
    {
        await using var demo = await ServiceUnderTest.StartAsync(demo: true, database: database);
        await using var connection = await demo.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        var clients = (await connection.QueryAsync<Guid>("SELECT Id FROM Client")).ToList();
        Assert.That(clients, Has.Count.GreaterThan(20));
        foreach (var client in clients)
        {
            Assert.That(await NotUnderOwnKeyAsync(connection, client, false), Is.Empty);
        }
    }

    [Test]
    public async Task WhatWasKeptBeforeThereWereKeysIsReadAsEverAndCarriedOverAlsoAfterBeingCutOff()
    {
        var before = (await SaidAsync(anna), await SaidAsync(bram));
        await AsItWasBeforeKeysAsync();
        Assert.That(Directory.Exists(Path.Combine(service.Folder, "keys", "clients")), Is.False, "nobody has a key yet");
        Assert.That((await SaidAsync(anna), await SaidAsync(bram)), Is.EqualTo(before), "old rows are read");
        Assert.That(await NotUnderOwnKeyAsync(anna, false), Is.Not.Empty);

        using var ending = new CancellationTokenSource();
        var cutOff = new Told(told =>
        {
            if (told.Done == 1)
            {
                ending.Cancel();
            }
        });
        await Assert.CatchAsync<OperationCanceledException>(() => Get<CarryOver>().RunAsync(cutOff, ending.Token));
        await using var connection = await OpenAsync();
        Assert.That(await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Client WHERE KeyedAt IS NOT NULL"), Is.EqualTo(1), "cut off after the first");
        Assert.That((await SaidAsync(anna), await SaidAsync(bram)), Is.EqualTo(before), "half-way everything is read");

        Assert.That(await Get<CarryOver>().RunAsync(new Told(_ => { }), default), Is.EqualTo(3), "it goes on with who is left");
        Assert.That(await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Client WHERE KeyedAt IS NULL"), Is.Zero);
        Assert.That((await NotUnderOwnKeyAsync(anna, true)).Concat(await NotUnderOwnKeyAsync(bram, true)), Is.Empty);
        Assert.That((await SaidAsync(anna), await SaidAsync(bram)), Is.EqualTo(before), "and says the same as before");
        Assert.That(await Get<CarryOver>().RunAsync(new Told(_ => { }), default), Is.Zero);
    }

    [Test]
    public async Task WhoIsChangedBeforeBeingCarriedOverGetsAKeyAtOnce()
    {
        await AsItWasBeforeKeysAsync();
        await Get<EmergencyAccess>().BeginAsync(ServiceUnderTest.Colleague, anna, "Nood, nog eens", default);
        await using var connection = await OpenAsync();
        var written = await connection.QueryAsync<byte[]>("SELECT ReasonSecret FROM EmergencyAccess WHERE ClientId = @anna", new { anna });
        Assert.That(written.Select(r => ClientSecrets.ClientOf(r)), Is.EquivalentTo((Guid?[])[null, anna]), "new rows are under the key, old ones wait");
    }

    /// <summary>Every row as the program wrote it before there were keys of clients, and no key; then a program that has not seen any, and whose jobs do not run by themselves.</summary>
    private async Task AsItWasBeforeKeysAsync()
    {
        await service.StopAsync();
        await using (var before = Program())
        {
            await UnderTheServiceAsync(before.Services);
        }

        Directory.Delete(Path.Combine(service.Folder, "keys", "clients"), true);
        resting = Program();
    }

    private WebApplication Program() => House.Builder([.. service.Data.Settings, .. ServiceUnderTest.AllInstruments]).Build();

    private static async Task UnderTheServiceAsync(IServiceProvider services)
    {
        var secrets = services.GetRequiredService<Secrets>();
        await using var connection = await services.GetRequiredService<IDatabase>().OpenAsync(default);
        foreach (var table in ClientColumns.All)
        {
            foreach (var (column, kind) in table.Columns)
            {
                foreach (var was in (await connection.QueryAsync<byte[]>($"SELECT {column} FROM {table.Table} WHERE {column} IS NOT NULL")).Where(c => ClientSecrets.ClientOf(c) is not null).ToList())
                {
                    await connection.ExecuteAsync($"UPDATE {table.Table} SET {column} = @old WHERE {column} = @was", new { was, old = secrets.Protect(kind, secrets.OpenBytes(kind, was)) });
                }
            }
        }

        await connection.ExecuteAsync("UPDATE Client SET KeyedAt = NULL");
    }

    private async Task<List<string>> NotUnderOwnKeyAsync(Guid client, bool mustBeThere)
    {
        await using var connection = await OpenAsync();
        return await NotUnderOwnKeyAsync(connection, client, mustBeThere);
    }

    private static async Task<List<string>> NotUnderOwnKeyAsync(DbConnection connection, Guid client, bool mustBeThere)
    {
        var wrong = new List<string>();
        foreach (var table in ClientColumns.All)
        {
            foreach (var (column, _) in table.Columns)
            {
                var ciphers = (await connection.QueryAsync<byte[]>($"SELECT {column} FROM {table.Table} WHERE {table.OfClient} AND {column} IS NOT NULL", new { client })).ToList();
                if (mustBeThere && ciphers.Count == 0)
                {
                    wrong.Add($"{table.Table}.{column}: nothing to look at");
                }

                wrong.AddRange(ciphers.Where(c => ClientSecrets.ClientOf(c) != client).Select(_ => $"{table.Table}.{column}"));
            }
        }

        return wrong;
    }

    // Everything that is kept about a client, opened; without the moment of looking.
    private async Task<string> SaidAsync(Guid client)
    {
        var all = await Get<OverviewReader>().FindAsync(client, ServiceUnderTest.Officer, default);
        return System.Text.Json.JsonSerializer.Serialize(all! with { MadeAt = default, Trail = [] });
    }

    private Task<DbConnection> OpenAsync() => Get<IDatabase>().OpenAsync(default);

    private T Get<T>()
        where T : notnull => (resting?.Services ?? service.Services).GetRequiredService<T>();

    private sealed class Told(Action<WorkProgress> tell) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => tell(value);
    }
}
