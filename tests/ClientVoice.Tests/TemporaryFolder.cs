using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests;

/// <summary>A folder with an embedded database of its own; gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("clientvoice-").FullName;
        Database = new ServiceDatabase(new DatabaseOptions { Kind = "sqlite", Folder = Path });
    }

    public string Path { get; }

    public IDatabase Database { get; }

    public Migrator Migrator() => new(Database, TimeProvider.System);

    public async Task RunAsync(string sql)
    {
        await using var connection = await Database.OpenAsync(default);
        await connection.ExecuteAsync(sql);
    }

    public async Task<T?> ValueAsync<T>(string sql, object? values = null)
    {
        await using var connection = await Database.OpenAsync(default);
        return await connection.ExecuteScalarAsync<T>(sql, values);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, true);
    }
}
