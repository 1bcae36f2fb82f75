using ClientVoice.Database;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Commands;

/// <summary>The addresses for operators: is it alive, is it ready.</summary>
internal static class Operations
{
    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous();
        app.MapGet("/health/ready", async (IDatabase database, ICatalogue catalogue, CancellationToken cancel) =>
            await IsReadyAsync(database, catalogue, cancel) ? Results.Text("ready") : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
    }

    // Ready means: the schema is the one this program knows, and at least one instrument serves.
    private static async Task<bool> IsReadyAsync(IDatabase database, ICatalogue catalogue, CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancel);
            var newest = await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT MAX(Number) FROM SchemaMigration", commandTimeout: 5, cancellationToken: cancel));
            return newest == Migrator.All(database.Dialect)[^1].Number && catalogue.Current.Instruments.Count > 0;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }
}
