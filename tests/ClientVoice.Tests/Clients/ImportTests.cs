// A client list as a client record system gives it: read, held against what is there, read in as a whole or not at all.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Changes;
using ClientVoice.Clients.Import;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;

namespace ClientVoice.Tests.Clients;

[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class ImportTests(string database)
{
    private static readonly string[] Headings = ["Cliëntnummer", "Naam", "Roepnaam", "Plek", "Cliëntgroep", "Communicatie", "Geboortejaar", "In zorg sinds", "In zorg tot en met", "Vaste begeleider", "Vertegenwoordiger", "Relatie"];

    private ServiceUnderTest service = null!;

    [SetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(database: database, empty: true);

    [TearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task TenThousandRowsAreReadInFoundBackAndUndoneAsOne()
    {
        const int many = 10_000;
        var table = await TableAsync(Headings, Enumerable.Range(0, many).Select(i => Row(
            $"N{i}", $"Voornaam{i} Achternaam{i}", null, i % 2 == 0 ? "Noord" : "Zuid", "Licht", "praat", "1970", "1-2-2024", null, null, $"Ouder {i}", "ouder")));
        var plan = await PlanAsync(table);
        Assert.That((plan.Faults.Count, plan.New.Count), Is.EqualTo((0, many)));
        var batch = await WriteAsync(plan);
        Assert.That((await PlanAsync(table)) is { IsEmpty: true, Unchanged: many }, "a second time there is nothing to do");
        var found = await Get<ClientRegister>().ListAsync(ServiceUnderTest.Officer, new ClientFilter(null, null, ClientFilter.Here, "n9999"), ClientRegister.ByName, false, 0, 10, default);
        Assert.That(found.Lines.Select(l => (l.Name, l.Place, l.ShortName)), Is.EqualTo(((string, string, string)[])[("Voornaam9999 Achternaam9999", "Zuid", "Voornaam9999")]));
        Assert.That(await Get<DeskChanges>().UndoAsync(batch, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        Assert.That((await Get<ClientRegister>().ListAsync(ServiceUnderTest.Officer, new ClientFilter(null, null, ClientFilter.Everyone), "place", false, 0, 10, default)).Total, Is.EqualTo(2), "Anna and Bram, who were there");
    }

    [Test]
    public async Task EveryKindOfFaultIsFoundAtItsRowAndCellAndNothingIsReadIn()
    {
        var places = Get<PlaceStore>();
        await places.AddAsync(ServiceUnderTest.Organisation, "region", "Regio", ServiceUnderTest.Officer, default);
        await places.AddAsync(ServiceUnderTest.North, "team", "Dubbel", ServiceUnderTest.Officer, default);
        await places.AddAsync(ServiceUnderTest.South, "team", "Dubbel", ServiceUnderTest.Officer, default);
        var (closed, _) = await places.AddAsync(ServiceUnderTest.Organisation, "location", "Dicht", ServiceUnderTest.Officer, default);
        await places.CloseAsync(closed, new DateOnly(2020, 1, 1), ServiceUnderTest.Officer, default);
        foreach (var i in (int[])[1, 2])
        {
            await Get<People>().AddAsync(new NewPerson(Guid.NewGuid(), $"twee{i}@proef", "Twee Zelfde", Roles.SupportWorker, ServiceUnderTest.Password, false, [ServiceUnderTest.North]), default);
        }

        string?[] good = ["1", "Goed Zo", "Goed", "Noord", "Licht", "praat", "1980", "2024-01-01", null, null, null, null];
        (string Cell, ImportFaultKind Kind, string?[] Row)[] wrong =
        [
            ("A2", ImportFaultKind.NumberMissing, With(good, 0, null)),
            ("A3", ImportFaultKind.NumberTooLong, With(good, 0, new string('9', 61))),
            ("B4", ImportFaultKind.NameMissing, With(good, 1, null)),
            ("B5", ImportFaultKind.NameTooLong, With(good, 1, new string('n', 201))),
            ("B6", ImportFaultKind.Unseen, With(good, 1, "Omge\u202ekeerd")),
            ("C7", ImportFaultKind.ShortNameTooLong, With(good, 2, new string('k', 61))),
            ("D8", ImportFaultKind.PlaceMissing, With(good, 3, null)),
            ("D9", ImportFaultKind.PlaceUnknown, With(good, 3, "Nergens")),
            ("D10", ImportFaultKind.PlaceTwice, With(good, 3, "Dubbel")),
            ("D11", ImportFaultKind.PlaceClosed, With(good, 3, "Dicht")),
            ("D12", ImportFaultKind.PlaceIsRegion, With(good, 3, "Regio")),
            ("E13", ImportFaultKind.GroupMissing, With(good, 4, null)),
            ("E14", ImportFaultKind.GroupUnknown, With(good, 4, "Zwaar")),
            ("F15", ImportFaultKind.CommunicationMissing, With(good, 5, null)),
            ("F16", ImportFaultKind.CommunicationUnknown, With(good, 5, "fluit")),
            ("G17", ImportFaultKind.YearUnreadable, With(good, 6, "vroeger")),
            ("G18", ImportFaultKind.YearOutOfRange, With(good, 6, "1815")),
            ("H19", ImportFaultKind.FromUnreadable, With(good, 7, "31-31-2024")),
            ("I20", ImportFaultKind.UntilUnreadable, With(good, 8, "ooit")),
            ("I21", ImportFaultKind.UntilBeforeFrom, With(good, 8, "2023-12-31")),
            ("J22", ImportFaultKind.WorkerUnknown, With(good, 9, "Niemand Hier")),
            ("J23", ImportFaultKind.WorkerTwice, With(good, 9, "Twee Zelfde")),
            ("J24", ImportFaultKind.WorkerElsewhere, With(good, 9, "Col Lega")),
            ("L25", ImportFaultKind.RelationUnknown, With(With(good, 10, "Iemand"), 11, "kapper")),
            ("L26", ImportFaultKind.RelationMissing, With(good, 10, "Iemand")),
            ("K27", ImportFaultKind.RepresentativeMissing, With(good, 11, "ouder")),
            ("A29", ImportFaultKind.NumberTwice, With(good, 0, "27")),
        ];
        var rows = wrong.SkipLast(1).Select((w, i) => w.Row[0] == "1" ? With(w.Row, 0, $"{i + 1}") : w.Row).Append(With(good, 0, "27")).Append(wrong[^1].Row);
        var plan = await PlanAsync(await TableAsync(Headings, rows));
        Assert.That(
            plan.Faults.Select(f => (ImportTemplate.Cell(f, Headings).Split(' ')[0], f.Kind)),
            Is.EqualTo(wrong.Select(w => (w.Cell, w.Kind))));
        Assert.That(wrong.Select(w => w.Kind).Distinct().Count(), Is.GreaterThanOrEqualTo(25));
        Assert.That(async () => await WriteAsync(plan), Throws.InvalidOperationException, "a plan with faults is not carried out");
        Assert.That(Enum.GetValues<ImportFaultKind>().Select(ImportFault.Text).SelectMany(t => new[] { t.Nl, t.En }), Is.Unique, "each kind says its own");
    }

    [Test]
    public async Task WhoMovedLeftChangedOrIsMissingIsRecognisedByNumberAndUndoPutsAllBack()
    {
        await WriteAsync(await PlanAsync(await TableAsync(Headings, [
            Row("a", "An Verhuist", null, "Noord", "Licht", "praat", null, "1-1-2024", null, "worker@proef", "Moeder An", "moeder"),
            Row("b", "Bo Vertrekt", null, "Noord", "Licht", "praat", null, "1-1-2024", null, null, null, null),
            Row("c", "Co Heet Anders", null, "Noord", "Licht", "praat", null, "1-1-2024", null, null, null, null),
            Row("d", "Di Ontbreekt", null, "Noord", "Licht", "praat", null, "1-1-2024", null, null, null, null),
            Row("e", "Ed Blijft", null, "Noord", "Licht", "praat", null, "1-1-2024", null, null, null, null)])));
        var before = await PeopleAsync();

        var next = await TableAsync(["nummer", "NAAM", "locatie", "Einddatum"], [
            Row("A", "An Verhuist", "zuid", null), Row("b", "Bo Vertrekt", "Noord", "31-12-2024"), Row("c", "Co Andersom", "Noord", null), Row("e", "Ed Blijft", "Noord", null)]);
        Assert.That((await PlanAsync(next)).Missing, Is.Empty, "a list that is not said to be complete lets nobody go");
        var plan = await PlanAsync(next, complete: true);
        Assert.That(plan.Faults, Is.Empty);
        Assert.That(plan.Changed.Select(c => (c.After.Name, c.Moves, c.Leaves)), Is.EqualTo(((string, bool, bool)[])[("An Verhuist", true, false), ("Bo Vertrekt", false, true), ("Co Andersom", false, false)]));
        Assert.That(plan.Missing.Select(c => c.After.Name), Is.EqualTo((string[])["Di Ontbreekt"]));
        Assert.That((plan.New.Count, plan.Unchanged), Is.EqualTo((0, 1)));

        var batch = await WriteAsync(plan);
        var an = (await PeopleAsync()).Single(p => p.Name == "An Verhuist");
        Assert.That((an.PlaceId, an.RegularWorkerId, an.Representatives.Single().Name), Is.EqualTo((ServiceUnderTest.South, (Guid?)null, "Moeder An")), "the worker of the old place does not come along, the mother does");
        Assert.That(await Get<ClientRegister>().MovesAsync(an.Id, default), Has.Count.EqualTo(1));
        Assert.That(await Get<DeskChanges>().UndoAsync(batch, ServiceUnderTest.Officer, default), Is.EqualTo(Undone.Done));
        Assert.That((await PeopleAsync()).Select(Flat), Is.EqualTo(before.Select(Flat)));
        Assert.That(await Get<ClientRegister>().MovesAsync(an.Id, default), Is.Empty);
    }

    [Test]
    public async Task ADayOfEvaluationIsReadInBesideThoseThatWereAndTakesThePlaceOfOneThatWasToCome()
    {
        var today = DateOnly.FromDateTime(Get<TimeProvider>().GetLocalNow().DateTime);
        string[] headings = ["nummer", "naam", "locatie", "groep", "communicatie", "in zorg sinds", "Datum evaluatie"];
        foreach (var (day, expected) in ((DateOnly, DateOnly[])[])[
            (today.AddDays(-30), [today.AddDays(-30)]), (today.AddDays(10), [today.AddDays(-30), today.AddDays(10)]), (today.AddDays(20), [today.AddDays(-30), today.AddDays(20)])])
        {
            await WriteAsync(await PlanAsync(await TableAsync(headings, [With(day.ToString("d-M-yyyy", System.Globalization.CultureInfo.InvariantCulture))])));
            Assert.That((await PeopleAsync()).Single().Evaluations, Is.EqualTo(expected));
        }

        Assert.That((await PlanAsync(await TableAsync(headings, [With(null)]))).IsEmpty, "a list that says nothing changes nothing");
        Assert.That((await PlanAsync(await TableAsync(headings, [With("ooit"), With("1-1-2019"), With(today.AddYears(4).ToString("d-M-yyyy", System.Globalization.CultureInfo.InvariantCulture))]))).Faults
            .Where(f => f.Kind != ImportFaultKind.NumberTwice).Select(f => (f.Row, f.Column, f.Kind)),
            Is.EqualTo(((int?, int?, ImportFaultKind)[])[(2, 6, ImportFaultKind.EvaluationUnreadable), (3, 6, ImportFaultKind.EvaluationOutOfRange), (4, 6, ImportFaultKind.EvaluationOutOfRange)]));

        static string?[] With(string? evaluation) => Row("ev", "Eva Luatie", "Noord", "Licht", "praat", "1-1-2024", evaluation);
    }

    [Test]
    public async Task AManagerOfOnePlaceReadsInNobodyOfAnotherAndAPlanThatIsOutOfDateChangesNothing()
    {
        var table = await TableAsync(Headings, [Row("z", "Zus Zuid", null, "Zuid", "Licht", "praat", null, "1-1-2024", null, null, null, null)]);
        Assert.That((await PlanAsync(table, person: ServiceUnderTest.Worker)).Faults.Single().Kind, Is.EqualTo(ImportFaultKind.PlaceUnknown));
        var (first, second) = (await PlanAsync(table), await PlanAsync(table));
        await WriteAsync(first);
        Assert.That(await Get<ImportWriter>().WriteAsync(second, Guid.CreateVersion7(), ServiceUnderTest.Officer, null, default), Is.False);
        var steals = await TableAsync(Headings, [Row("z", "Zus Zuid", null, "Noord", "Licht", "praat", null, "1-1-2024", null, null, null, null)]);
        Assert.That((await PlanAsync(steals, person: ServiceUnderTest.Worker)).Faults.Single().Kind, Is.EqualTo(ImportFaultKind.NumberElsewhere));
    }

    [Test]
    public async Task HeadingsAreRememberedAsTheyWereUsedAndNotAsTheyRead()
    {
        string[] headings = ["Kolom X", "Wie", "Naam", "Locatie"];
        var columns = Get<ImportColumns>();
        Assert.That(await columns.SuggestAsync(headings, default), Is.EqualTo((ImportField?[])[null, null, ImportField.Name, ImportField.Place]));
        await columns.RememberAsync(headings, [ImportField.Number, ImportField.Name, null, ImportField.Place], default);
        Assert.That(await columns.SuggestAsync(["kolom  x", "WIE", "naam", "Locatie"], default), Is.EqualTo((ImportField?[])[ImportField.Number, ImportField.Name, null, ImportField.Place]));
        var plan = await Get<ImportPlanner>().PlanAsync(new ImportTable(["Wie"], [new ImportRow(2, ["x"])]), new ImportWishes([ImportField.Name], null, null, false), null, default);
        Assert.That(plan.Faults.Select(f => (f.Kind, f.Field)), Is.EqualTo(((ImportFaultKind, ImportField?)[])[(ImportFaultKind.ColumnMissing, ImportField.Number), (ImportFaultKind.ColumnMissing, ImportField.Place)]));
    }

    private static string?[] Row(params string?[] cells) => cells;

    private static string?[] With(string?[] row, int column, string? cell) => [.. row[..column], cell, .. row[(column + 1)..]];

    private static string Flat(ClientRecord c) => $"{c with { Representatives = [], Evaluations = [] }} {string.Join(',', c.Representatives)} {string.Join(',', c.Evaluations)}";

    private static async Task<ImportTable> TableAsync(IReadOnlyList<string> headings, IEnumerable<string?[]> rows)
    {
        await using var file = await ClientLists.FileAsync(headings, rows);
        return SheetReader.Read(file);
    }

    private async Task<ImportPlan> PlanAsync(ImportTable table, bool complete = false, Guid? person = null) => await Get<ImportPlanner>().PlanAsync(
        table, new ImportWishes(await Get<ImportColumns>().SuggestAsync(table.Headings, default), null, null, complete), person ?? ServiceUnderTest.Officer, default);

    private async Task<Guid> WriteAsync(ImportPlan plan)
    {
        var batch = Guid.CreateVersion7();
        Assert.That(await Get<ImportWriter>().WriteAsync(plan, batch, ServiceUnderTest.Officer, null, default), "nobody came in between");
        return batch;
    }

    private async Task<List<ClientRecord>> PeopleAsync()
    {
        var (_, here, _) = await Get<ClientRegister>().NumberedAsync((await Get<ClientStore>().PlacesAsync(default)).Select(p => p.Id).ToHashSet(), new HashSet<Guid> { ServiceUnderTest.Group }, default);
        return [.. here.Values.OrderBy(c => c.Id)];
    }

    private T Get<T>()
        where T : notnull => service.Services.GetRequiredService<T>();
}
