// A data folder with a small organisation in it, ready for a service of its own process: made once, copied for each test.
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Faults;

/// <summary>A data folder; gone afterwards.</summary>
internal sealed class FaultFolder : IDisposable
{
    private static readonly Lazy<Task<string>> Prepared = new(PrepareAsync);

    private FaultFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The embedded database's file.</summary>
    public string File => System.IO.Path.Combine(Path, "clientvoice.db");

    /// <summary>Where the small organisation's worker is signed in with <see cref="ServiceUnderTest.Password"/>.</summary>
    public const string Worker = "worker@proef";

    /// <param name="on">The folder to be; by default a new one for temporary files.</param>
    public static async Task<FaultFolder> MakeAsync(string? on = null)
    {
        var folder = new FaultFolder(on ?? Directory.CreateTempSubdirectory("clientvoice-fault-").FullName);
        Copy(await Prepared.Value, folder.Path);
        return folder;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, true);
        }
    }

    /// <summary>Copies a folder with all below it.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var there = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(there)!);
            System.IO.File.Copy(file, there);
        }
    }

    private static async Task<string> PrepareAsync()
    {
        var prepared = Directory.CreateTempSubdirectory("clientvoice-fault-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(prepared, true);
        await using var service = await ServiceUnderTest.StartAsync();
        await service.StopAsync();
        SqliteConnection.ClearAllPools();
        Copy(service.Folder, prepared);
        return prepared;
    }
}
