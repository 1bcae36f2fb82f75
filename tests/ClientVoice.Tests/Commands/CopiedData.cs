// What somebody has who has a copy of a database and a folder of keys: the reader that no erased person may be found by.
using System.Text;
using ClientVoice.Access;
using ClientVoice.Commands;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Commands;

/// <summary>Copies of a service's data, and what can be read in them.</summary>
internal static class CopiedData
{
    /// <summary>A program on a folder that serves nobody and runs nothing by itself.</summary>
    public static WebApplication Program(string data, TimeProvider? time = null)
    {
        var builder = House.Builder(["--ClientVoice:Data=" + data, .. ServiceUnderTest.AllInstruments]);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        return builder.Build();
    }

    /// <summary>Every cell of every table of a database, opened in every way there is with a folder of keys.</summary>
    public static async Task<List<string>> OpenedAsync(string file, string keys)
    {
        var data = Directory.CreateTempSubdirectory("clientvoice-keys-").FullName;
        try
        {
            CopyFolder(keys, Path.Combine(data, "keys"));
            await using var app = Program(data);
            var secrets = app.Services.GetRequiredService<Secrets>();
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            var opened = new List<string>();
            foreach (var table in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table'"))
            {
                foreach (var cell in (await connection.QueryAsync($"SELECT * FROM \"{table}\"")).SelectMany(row => ((IDictionary<string, object?>)row).Values))
                {
                    opened.AddRange(cell is byte[] bytes ? Enum.GetValues<SecretKind>().Select(kind => Open(secrets, kind, bytes)).OfType<string>() : [cell?.ToString() ?? ""]);
                }
            }

            return opened;
        }
        finally
        {
            Directory.Delete(data, true);
        }
    }

    private static string? Open(Secrets secrets, SecretKind kind, byte[] bytes)
    {
        try
        {
            return Encoding.UTF8.GetString(secrets.OpenBytes(kind, bytes));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A folder with all below it, over what is there.</summary>
    public static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var there = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(there)!);
            File.Copy(file, there, true);
        }
    }
}
