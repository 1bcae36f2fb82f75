// backup and restore, of the embedded database. SQL Server has its own (db/README.md).
using System.Globalization;
using System.Security.Cryptography;
using ClientVoice.Access;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;

namespace ClientVoice.Commands;

/// <summary><c>backup FILE</c>.</summary>
internal static class BackupVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (file, options) = CopyArguments.Read("backup", args, []);
        await using var app = House.Builder(options.Settings).Build();
        var database = CopyArguments.Embedded(app.Services, "backup");
        var copy = await EmbeddedCopies.MakeAsync(database, file, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"copied {copy.Rows["Conversation"]} conversations and {copy.Rows.Values.Sum()} rows in all, {copy.Bytes} bytes, looked through: whole"));
        Console.WriteLine($"sha-256 {copy.Sha256}");
        Console.WriteLine($"not in it: the keys in {Path.Combine(database.Folder, "keys")}. Without them names and words in it cannot be read: mirror that folder elsewhere, and keep no earlier states of it for long (db/README.md).");
        return 0;
    }
}

/// <summary><c>restore FILE</c>.</summary>
internal static class RestoreVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (file, options) = CopyArguments.Read("restore", args, ["replace"]);
        await using var app = House.Builder(options.Settings).Build();
        var database = CopyArguments.Embedded(app.Services, "restore");
        var former = await EmbeddedCopies.PutBackAsync(database, file, options.Has("replace"), app.Services.GetRequiredService<TimeProvider>(), CancellationToken.None);
        Console.WriteLine($"restored {database.File}");
        if (former is not null)
        {
            Console.WriteLine($"what was there is {former}");
        }

        if (!await OpensAsync(app.Services))
        {
            throw new InvalidOperationException(
                $"The keys in {Path.Combine(database.Folder, "keys")} are not those of this copy: names and words in it cannot be read. Put the keys that belong to it there, and start.");
        }

        if (await app.Services.GetRequiredService<ErasedAgain>().RunAsync(CancellationToken.None) is > 0 and var again)
        {
            Console.WriteLine($"clients who were erased since this copy was made, and are taken out of it again: {again}");
        }

        var without = await app.Services.GetRequiredService<ErasedClients>().WithoutKeyAsync(CancellationToken.None);
        return without == 0 ? 0 : throw new InvalidOperationException(
            $"The keys of {without} clients are not in {Path.Combine(database.Folder, "keys", "clients")}: names and words of them cannot be read. Put a newer copy of that folder there, and start.");
    }

    // A database without its keys is a heap of noise: better said now than by a worker who sees no names.
    private static async Task<bool> OpensAsync(IServiceProvider services)
    {
        try
        {
            await services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
            await services.GetRequiredService<LookUps>().LookAsync((_, _, _) => Task.FromResult(true), CancellationToken.None);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

/// <summary>What the two verbs share.</summary>
internal static class CopyArguments
{
    public static (string File, VerbOptions Options) Read(string verb, string[] args, string[] flags) =>
        args is [var file, ..] && !file.StartsWith('-')
            ? (HousePaths.FromCaller(file), new VerbOptions(verb, args[1..], [], flags))
            : throw new UsageException($"{verb}: name a file.");

    public static DatabaseOptions Embedded(IServiceProvider services, string verb) => services.GetRequiredService<DatabaseOptions>() is { Kind: "sqlite" } options
        ? options
        : throw new InvalidOperationException($"{verb} is for the embedded database. SQL Server has its own: see db/README.md.");
}
