// What stays behind of people where it may not: in the files of the database, in logs, metrics and errors. A whole demo organisation is
// walked through, and then every known name and every text of it is looked for.
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Tests.Conversations;
using Dapper;

namespace ClientVoice.Tests.Access;

public sealed partial class TracesTests
{
    [Test]
    public async Task NoNameAndNoTextIsInTheDatabaseFilesInLogsInMetricsOrInErrors()
    {
        using var logs = new LogListener();
        var measured = new ConcurrentQueue<string>();
        using var metrics = Measure(measured);
        await using var service = await ServiceUnderTest.StartAsync(["--Logging:LogLevel:Default=Debug"], demo: true);
        var (allNames, allTexts) = await Traces.KnownAsync(service.Services);
        List<string> names = [.. allNames, "Wilhelmina Geheimhouder"], texts = [.. allTexts.Take(400), "dit mag nergens staan"];
        Assert.That((names.Count > 100, texts.Count > 20), Is.EqualTo((true, true)), $"there is something to look for: {names.Count} names, {texts.Count} texts");
        var errors = await WalkAsync(service, names);
        var told = logs.Lines;
        Assert.That(told, Has.Count.GreaterThan(100), "logs were caught");
        Assert.That(measured, Is.Not.Empty, "metrics were caught");
        Assert.That(errors, Has.Count.GreaterThan(5));
        await using (var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default))
        {
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        // The scheduler begins a while after the service, makes files and takes them away again: they are looked through when it has ended.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(Path.Combine(service.Folder, "jobs.db")))
        {
            await Task.Delay(50, patience.Token);
        }

        await service.StopAsync();
        var files = Directory.GetFiles(service.Folder, "*", SearchOption.AllDirectories).Select(f => (Path.GetFileName(f), Encoding.Latin1.GetString(Read(f)))).ToList();
        Assert.That(files.Select(f => f.Item1), Does.Contain("clientvoice.db").And.Contain("jobs.db"));
        var wrong = new List<string>();
        foreach (var known in names.Concat(texts))
        {
            var bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(known));
            var wide = Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(known));
            wrong.AddRange(files.Where(f => f.Item2.Contains(bytes, StringComparison.Ordinal) || f.Item2.Contains(wide, StringComparison.Ordinal)).Select(f => $"{f.Item1}: {known}"));
            wrong.AddRange(told.Where(line => line.Contains(known, StringComparison.OrdinalIgnoreCase)).Select(line => $"log: {known}: {line}"));
            wrong.AddRange(measured.Where(line => line.Contains(known, StringComparison.OrdinalIgnoreCase)).Select(line => $"metric: {known}: {line}"));
            wrong.AddRange(errors.Where(line => line.Contains(known, StringComparison.OrdinalIgnoreCase)).Select(line => $"error: {known}: {line}"));
        }

        Assert.That(wrong.Distinct().Take(10), Is.Empty);
    }

    private static async Task<List<string>> WalkAsync(ServiceUnderTest service, IReadOnlyList<string> names)
    {
        var errors = new List<string>();
        foreach (var (role, email) in ((string, string)[])[
            (Roles.SupportWorker, "begeleider@demo"), (Roles.TeamLeader, "teamleider@demo"), (Roles.QualityOfficer, "kwaliteit@demo"), (Roles.Administrator, "beheer@demo"), (Roles.PrivacyOfficer, "privacy@demo")])
        {
            using var client = await service.SignedInAsync(email);
            foreach (var door in Doors.All.Where(d => d.Method == "GET" && d.Opens(role) && !d.Pattern.Contains('{', StringComparison.Ordinal)))
            {
                using var page = await client.GetAsync(door.Pattern);
                Assert.That((int)page.StatusCode, Is.LessThan(500), door.Pattern);
                if (door.Pattern is "/clients" or "/rights" or "/trail" or "/emergency")
                {
                    using var search = await client.PostAsync(door.Pattern, Form(await page.Content.ReadAsStringAsync(), door.Pattern is "/trail" or "/rights" ? "whom" : door.Pattern == "/emergency" ? "begin" : "search", names[0]));
                }
            }

            // What is refused says what and where, and not what was in it.
            var id = Guid.CreateVersion7();
            var document = ConversationJson.Valid(id);
            document["words"]!["home"] = "dit mag nergens staan";
            document["answers"]!["home"] = "Wilhelmina Geheimhouder";
            using var refused = await client.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
            errors.Add(await refused.Content.ReadAsStringAsync());
            using var wrong = await client.PostAsJsonAsync("/api/session", new { email = "Wilhelmina Geheimhouder", password = "dit mag nergens staan" });
            errors.Add(await wrong.Content.ReadAsStringAsync());
            using var unknown = await client.PostAsJsonAsync("/api/session", new { email, wilhelmina = "Wilhelmina Geheimhouder" });
            errors.Add(await unknown.Content.ReadAsStringAsync());
        }

        return errors;
    }

    private static FormUrlEncodedContent Form(string page, string handler, string name) => new(
        [new("_handler", handler), new("search", name), new("who", name), new("reason", "dit mag nergens staan"), new("__RequestVerificationToken", Token().Match(page).Groups[1].Value)]);

    private static MeterListener Measure(ConcurrentQueue<string> measured)
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, all) => all.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, tags));
        listener.Start();
        return listener;

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => measured.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}");
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>Everything that is logged in this process, formatted as it is written.</summary>
    private sealed class LogListener : EventListener
    {
        private readonly ConcurrentQueue<string> lines = [];

        public IReadOnlyList<string> Lines => [.. lines];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Extensions-Logging")
            {
                // 4: formatted messages; 8: the same as JSON, with every value and the exception.
                EnableEvents(eventSource, EventLevel.Verbose, (EventKeywords)(4 | 8));
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => lines?.Enqueue(string.Join(' ', eventData.Payload ?? []));
    }
}
