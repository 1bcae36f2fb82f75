// The verbs that work on the database without serving.
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Jobs;
using ClientVoice.Outcomes;

namespace ClientVoice.Commands;

/// <summary><c>migrate</c>.</summary>
internal static class MigrateVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions("migrate", args, [], ["look"]);
        await using var app = House.Builder(options.Settings).Build();
        var migrator = app.Services.GetRequiredService<Migrator>();
        if (options.Has("look"))
        {
            return Look(await migrator.PendingAsync(CancellationToken.None));
        }

        var ran = await migrator.RunAsync(CancellationToken.None);
        foreach (var name in ran)
        {
            Console.WriteLine($"ran {name}");
        }

        Console.WriteLine(ran.Count == 0 ? "the schema is up to date" : $"{ran.Count} ran; the schema is up to date");
        return 0;
    }

    // As a script: what is not SQL stands behind dashes.
    private static int Look(IReadOnlyList<Migration> pending)
    {
        foreach (var migration in pending)
        {
            Console.WriteLine($"-- {migration.Name}\n{migration.Sql.TrimEnd()}\n");
        }

        Console.WriteLine(pending.Count == 0 ? "-- nothing would run; the schema is up to date" : $"-- {pending.Count} would run; nothing was changed");
        return 0;
    }
}

/// <summary><c>aggregate</c>.</summary>
internal static class AggregateVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions("aggregate", args, [], ["full"]);
        await using var app = House.Builder(options.Settings).Build();
        await House.PrepareAsync(app.Services, CancellationToken.None);
        var work = app.Services.GetRequiredService<AggregateWork>();
        var console = new ConsoleProgress("aggregate");
        var line = await app.Services.GetRequiredService<WorkRuns>().RunAsync(
            AggregateWork.Name,
            (progress, cancel) => work.RunAsync(options.Has("full"), new BothProgress(progress, console), cancel),
            CancellationToken.None);
        Console.WriteLine(line?.In("en") ?? "nothing changed since the last publication");
        return 0;
    }
}

/// <summary>Told to both.</summary>
internal sealed class BothProgress(IProgress<WorkProgress> first, IProgress<WorkProgress> second) : IProgress<WorkProgress>
{
    public void Report(WorkProgress value)
    {
        first.Report(value);
        second.Report(value);
    }
}

/// <summary><c>demo</c>.</summary>
internal static class DemoVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions("demo", args, ["clients", "locations", "years", "seed"], []);
        var size = new DemoSize(
            options.Number("demo", "clients", 120, 10, 200_000),
            options.Number("demo", "locations", 5, 1, 300),
            options.Number("demo", "years", 1, 1, 10) * 12,
            options.Number("demo", "seed", 1, 0, int.MaxValue));
        await using var app = House.Builder(options.Settings).Build();
        await House.PrepareAsync(app.Services, CancellationToken.None);
        var demo = app.Services.GetRequiredService<DemoOrganisation>();
        if (!await demo.FillIfEmptyAsync(size, new ConsoleProgress("demo organisation"), CancellationToken.None))
        {
            throw new InvalidOperationException("demo: this database is not empty; nothing was changed.");
        }

        return 0;
    }
}

/// <summary><c>key create</c> and <c>key revoke</c>.</summary>
internal static class KeyVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["create" or "revoke", ..])
        {
            throw new UsageException("key: say 'key create --name X [--scope PLACE]... [--group CODE]... [--expires DAY]' or 'key revoke --name X'.");
        }

        var options = new VerbOptions("key", args[1..], ["name", "scope", "group", "expires"], []);
        var name = options.Text("name") ?? throw new UsageException("key: --name is missing.");
        await using var app = House.Builder(options.Settings).Build();
        await app.Services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
        var keys = app.Services.GetRequiredService<FeedKeys>();
        var trail = app.Services.GetRequiredService<IAuditTrail>();
        if (args[0] == "revoke")
        {
            var revoked = await keys.RevokeAsync(name, CancellationToken.None);
            foreach (var id in revoked)
            {
                await trail.NowAsync(new AuditEvent("system", null, "key.revoke", $"feed-key/{id}", null, "done"), CancellationToken.None);
            }

            Console.WriteLine(revoked.Count == 0 ? "no key of that name was in force" : $"{revoked.Count} revoked");
            return revoked.Count == 0 ? 1 : 0;
        }

        var places = await app.Services.GetRequiredService<ClientStore>().PlacesAsync(CancellationToken.None);
        var opened = (options.Texts("scope") is { Count: > 0 } scopes ? scopes : ["all"]).Select(scope => PlaceOf(places, scope)).Distinct().ToList();
        var known = await app.Services.GetRequiredService<ClientStore>().GroupsAsync(CancellationToken.None);
        var groups = options.Texts("group").Select(group => GroupOf(known, group)).Distinct().ToList();
        var key = await keys.MakeAsync(name, [.. opened.Select(place => place.Id)], [.. groups.Select(group => group.Id)], null, Expiry(options.Text("expires")), CancellationToken.None);
        await trail.NowAsync(new AuditEvent("system", null, "key.create", $"feed-key/{key.Id}", null, "done"), CancellationToken.None);
        Console.WriteLine($"A key for {string.Join(", ", opened.Select(place => place.Name))} and everything below{(groups.Count == 0 ? "" : $", of {string.Join(", ", groups.Select(group => group.Name.Nl))} only")}. It is shown once:");
        Console.WriteLine(key.Text);
        return 0;
    }

    /// <summary>The end of the last day on which a key opens the feed, UTC.</summary>
    private static DateTimeOffset? Expiry(string? day) => day is null ? null
        : DateOnly.TryParseExact(day, "yyyy-MM-dd", out var last) ? new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        : throw new UsageException($"key: --expires is a day as 2027-12-31, not '{day}'.");

    private static ClientGroup GroupOf(IReadOnlyList<ClientGroup> groups, string asked)
    {
        var found = groups.Where(g => string.Equals(g.Code, asked, StringComparison.OrdinalIgnoreCase) || string.Equals(g.Name.Nl, asked, StringComparison.OrdinalIgnoreCase) || g.Id.ToString() == asked).ToList();
        return found.Count == 1
            ? found[0]
            : throw new UsageException(found.Count == 0 ? $"key: there is no client group '{asked}'." : $"key: there are {found.Count} client groups '{asked}'; use the code or the id.");
    }

    private static Place PlaceOf(IReadOnlyList<Place> places, string scope)
    {
        if (places.Count == 0)
        {
            throw new InvalidOperationException("key: there is no organisation yet.");
        }

        var found = scope == "all"
            ? places.Where(p => p.ParentId is null).ToList()
            : [.. places.Where(p => p.Id.ToString() == scope || string.Equals(p.Name, scope, StringComparison.OrdinalIgnoreCase))];
        return found.Count == 1
            ? found[0]
            : throw new UsageException(found.Count == 0 ? $"key: there is no place '{scope}'." : $"key: there are {found.Count} places '{scope}'; use the id.");
    }
}

/// <summary><c>trail check</c>: reads the audit trail from its first row and follows the chain of hashes.</summary>
internal static class TrailVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["check", ..])
        {
            throw new UsageException("trail: say 'trail check'.");
        }

        var options = new VerbOptions("trail", args[1..], [], []);
        await using var app = House.Builder(options.Settings).Build();
        var store = app.Services.GetRequiredService<AuditStore>();
        var fault = await store.FirstFaultAsync(CancellationToken.None);
        var last = await store.LastAsync(CancellationToken.None);
        Console.WriteLine(fault is not null ? $"Row {fault} of the audit trail is not as it was written, or the one before it was taken out."
            : last is null ? "The audit trail is empty."
            // Rows taken off the end leave a whole chain: only this line, kept elsewhere, shows that.
            : $"{last.Value.Number} rows, each as it was written; the last one's hash is {last.Value.Hash}");
        return fault is null ? 0 : 1;
    }
}
