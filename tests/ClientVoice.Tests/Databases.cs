// The databases that the data tests run on, with one body for all: SQLite always, SQL Server where there is one.
namespace ClientVoice.Tests;

/// <summary>What a fixture that tests data is run with: <c>[TestFixtureSource(typeof(Databases), nameof(Databases.All))]</c>.</summary>
internal static class Databases
{
    public const string Sqlite = "sqlite";
    public const string SqlServer = "sqlserver";

    /// <summary>Holds a connection string to a server, of someone who may create and drop databases.</summary>
    public const string Variable = "CLIENTVOICE_TEST_SQLSERVER";

    /// <summary>The server to make databases on; null where there is none.</summary>
    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public static IEnumerable<TestFixtureData> All() => [new TestFixtureData(Sqlite), .. Servers()];

    /// <summary>The server alone: for what an embedded database has not, such as users.</summary>
    public static IEnumerable<TestFixtureData> Servers()
    {
        yield return Server is null
            ? new TestFixtureData(SqlServer).Ignore($"Set {Variable} to a connection string to run this on SQL Server.")
            : new TestFixtureData(SqlServer);
    }
}
