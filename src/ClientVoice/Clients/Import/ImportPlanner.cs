using ClientVoice.Access;
using ClientVoice.Clients.Places;
using ClientVoice.Clients.Register;

namespace ClientVoice.Clients.Import;

/// <summary>Reads a list against what is there, and says what it would do. Changes nothing.</summary>
internal sealed class ImportPlanner(ClientStore store, PlaceStore places, StaffStore staff, ClientRegister register, TimeProvider time)
{
    /// <summary>Makes a plan.</summary>
    /// <param name="person">Whose scope counts; null for who works at the terminal, and may all.</param>
    public async Task<ImportPlan> PlanAsync(ImportTable table, ImportWishes wishes, Guid? person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (Unmapped(wishes) is { Count: > 0 } unmapped)
        {
            return new ImportPlan(unmapped, [], [], [], 0, now);
        }

        var world = await WorldAsync(person, cancel);
        var reader = new ImportRowReader(world, wishes);
        var (faults, added, changed, seen) = (new List<ImportFault>(), new List<ClientRecord>(), new List<ImportChange>(), new HashSet<string>());
        foreach (var row in table.Rows)
        {
            cancel.ThrowIfCancellationRequested();
            var hashes = world.Keys.All(reader.NumberOf(row));
            var hash = hashes.FirstOrDefault(world.Clients.ContainsKey) ?? hashes[0];
            var isElsewhere = hashes.Any(world.Elsewhere.Contains);
            var before = world.Clients.GetValueOrDefault(hash);
            var (client, wrong) = reader.Read(row, before, Guid.CreateVersion7(now));
            faults.AddRange(wrong);
            if (reader.NumberOf(row).Length > 0 && (isElsewhere || !seen.Add(hash)))
            {
                faults.Add(new ImportFault(
                    isElsewhere ? ImportFaultKind.NumberElsewhere : ImportFaultKind.NumberTwice, row.Number, ColumnOf(wishes, ImportField.Number), ImportField.Number));
            }

            if (client is not null && before is null)
            {
                added.Add(client);
            }
            else if (client is not null && !Same(before!, client))
            {
                changed.Add(new ImportChange(before!, client));
            }
        }

        List<ImportChange> missing = wishes.IsComplete ? [.. world.Clients.Where(c => !seen.Contains(c.Key) && c.Value.UntilOn is null).Select(c => new ImportChange(c.Value, c.Value with { UntilOn = Last(c.Value, world.Today) }))] : [];
        return new ImportPlan(faults, added, changed, missing, table.Rows.Count - added.Count - changed.Count, now);
    }

    // Yesterday was the last day: on the day of the list somebody is not on it. But nobody leaves before they came.
    private static DateOnly Last(ClientRecord client, DateOnly today) => client.FromOn > today.AddDays(-1) ? client.FromOn : today.AddDays(-1);

    private static bool Same(ClientRecord a, ClientRecord b) => a.Representatives.SequenceEqual(b.Representatives) && a.Evaluations.SequenceEqual(b.Evaluations) && a == b with { Representatives = a.Representatives, Evaluations = a.Evaluations };

    private static int? ColumnOf(ImportWishes wishes, ImportField field) => wishes.Fields.Select((f, i) => (f, i)).Where(c => c.f == field).Select(c => (int?)c.i).FirstOrDefault();

    private static IReadOnlyList<ImportFault> Unmapped(ImportWishes wishes) =>
    [
        .. ImportField.All.Where(f => f.IsNeeded && !wishes.Fields.Contains(f)).Select(f => new ImportFault(ImportFaultKind.ColumnMissing, null, null, f)),
        .. wishes.Fields.OfType<ImportField>().GroupBy(f => f).Where(g => g.Count() > 1).Select(g => new ImportFault(ImportFaultKind.FieldTwice, null, null, g.Key)),
    ];

    private async Task<ImportWorld> WorldAsync(Guid? person, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var tree = person is { } p ? await places.InScopeAsync(p, today, cancel) : await places.AllAsync(today, cancel);
        var parents = (await store.PlacesAsync(cancel)).ToDictionary(x => x.Id, x => x.ParentId);
        var groups = person is { } q ? await store.GroupsInScopeAsync(q, cancel) : await store.GroupsAsync(cancel);
        var (keys, clients, elsewhere) = await register.NumberedAsync(tree.Select(x => x.Id).ToHashSet(), groups.Select(g => g.Id).ToHashSet(), cancel);
        return new ImportWorld
        {
            Today = today,
            Places = ImportWorld.ByName(tree),
            Groups = ImportWorld.ByName(groups),
            Communications = ImportWorld.CommunicationWords(),
            Relations = ImportWorld.RelationWords(),
            Workers = ImportWorld.ByName(await staff.WorkersAsync(cancel)),
            Above = parents.Keys.ToDictionary(id => id, id => (IReadOnlyList<Guid>)[.. Up(id)]),
            Keys = keys,
            Clients = clients,
            Elsewhere = elsewhere,
        };

        IEnumerable<Guid> Up(Guid id)
        {
            for (Guid? at = id; at is { } here; at = parents[here])
            {
                yield return here;
            }
        }
    }
}
