using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Commands;

namespace ClientVoice.Benchmarks;

/// <summary>Cipher text under a key for each client, against the same under the service's key, as it was before clients had keys.</summary>
internal static class SecretBenchmarks
{
    private const int Clients = 5_000, Texts = 30, Runs = 5;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("benchmark-secrets-").FullName;
        await using (var app = Program(folder))
        {
            var secrets = app.Services.GetRequiredService<Secrets>();
            List<Guid> ids = [.. Enumerable.Range(0, Clients).Select(_ => Guid.CreateVersion7())];
            var text = new string('w', 120);
            var files = Measure.Once(() => Bare(folder));
            var keys = Measure.Once(() => app.Services.GetRequiredService<ClientKeys>().MakeAsync(ids, default).GetAwaiter().GetResult());
            Say($"{Clients} files of that size, flushed one by one (baseline)", files, files);
            Say($"{Clients} new keys", keys, files);

            var about = await secrets.ForAsync(ids[0], default);
            var writing = Measure.Medians(Runs, () => Times(Texts, () => secrets.Protect(SecretKind.Words, text)), () => Times(Texts, () => about.Protect(SecretKind.Words, text)));
            Say($"a conversation of {Texts} texts, the service's key (baseline)", writing[0], writing[0]);
            Say($"a conversation of {Texts} texts, the client's key", writing[1], writing[0]);

            List<byte[]> before = [.. ids.Select(_ => secrets.Protect(SecretKind.Name, "Somebody with a Name"))];
            var everyone = await secrets.ForAsync(ids, default);
            List<byte[]> now = [.. ids.Select(id => everyone[id].Protect(SecretKind.Name, "Somebody with a Name"))];
            var warm = Measure.Medians(Runs, () => before.ForEach(c => secrets.Open(SecretKind.Name, c)), () => now.ForEach(c => secrets.Open(SecretKind.Name, c)));
            var cold = Measure.Medians(Runs, () => Cold(folder, now));
            Say($"a list of {Clients} names, the service's key (baseline)", warm[0], warm[0]);
            Say($"a list of {Clients} names, their keys in memory", warm[1], warm[0]);
            Say($"a list of {Clients} names, every key from its file", cold[0], warm[0]);
        }

        Directory.Delete(folder, true);
    }

    private static WebApplication Program(string folder) => House.Builder(["--ClientVoice:Data", folder, "--environment", "Production", "--Logging:LogLevel:Default=None"]).Build();

    private static void Cold(string folder, List<byte[]> names)
    {
        using var app = Program(folder) as IDisposable;
        var secrets = ((WebApplication)app!).Services.GetRequiredService<Secrets>();
        names.ForEach(c => secrets.Open(SecretKind.Name, c));
    }

    private static void Bare(string folder)
    {
        var bare = Directory.CreateDirectory(Path.Combine(folder, "bare")).FullName;
        var content = new byte[200];
        for (var i = 0; i < Clients; i++)
        {
            using var stream = new FileStream(Path.Combine(bare, i.ToString(CultureInfo.InvariantCulture)), FileMode.CreateNew);
            stream.Write(content);
            stream.Flush(true);
        }
    }

    private static void Times(int many, Action action)
    {
        for (var i = 0; i < many; i++)
        {
            action();
        }
    }

    private static void Say(string what, Measured took, Measured baseline) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-66} {took.Time.TotalMilliseconds,9:N2} ms  {took.Time / baseline.Time,6:N2} x"));
}
