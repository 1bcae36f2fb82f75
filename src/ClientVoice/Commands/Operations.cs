using System.Net;
using ClientVoice.Conversations;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Outcomes;
using Dapper;

namespace ClientVoice.Commands;

/// <summary>The addresses for operators: is it alive, is it ready, how does it go.</summary>
internal static class Operations
{
    // Below this the embedded database soon cannot write: better to be taken out of service while it still can.
    private const long LeastFreeBytes = 200_000_000;

    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous();
        app.MapGet("/health/ready", async (IDatabase database, DatabaseOptions options, ICatalogue catalogue, CancellationToken cancel) =>
            await NotReadyAsync(database, options, catalogue, cancel) is { } why ? Results.Text($"not ready: {why}", statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ready")).AllowAnonymous();
        app.MapGet("/metrics", MetricsAsync).AllowAnonymous();
    }

    // Ready means: the database answers with the schema this program knows, there is room to write, and at least one instrument serves.
    private static async Task<string?> NotReadyAsync(IDatabase database, DatabaseOptions options, ICatalogue catalogue, CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancel);
            var newest = await connection.ExecuteScalarAsync<int>(new CommandDefinition("SELECT MAX(Number) FROM SchemaMigration", commandTimeout: 5, cancellationToken: cancel));
            return newest != Migrator.All(database.Dialect)[^1].Number ? "migrations are pending"
                : options.Kind == "sqlite" && new DriveInfo(options.Folder).AvailableFreeSpace < LeastFreeBytes ? "the disk is nearly full"
                : catalogue.Current.Instruments.Count == 0 ? "no instrument serves"
                : null;
        }
        catch (System.Data.Common.DbException)
        {
            return "the database does not answer";
        }
    }

    // From this machine alone, unless the configuration opens it: figures about use are nobody else's business.
    private static async Task<IResult> MetricsAsync(HttpContext context, IConfiguration configuration, Metrics metrics, IDatabase database, IPublications publications, TimeProvider time)
    {
        if (configuration["ClientVoice:Metrics"] != "open" && context.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from))
        {
            return Results.NotFound();
        }

        await using var connection = await database.OpenAsync(context.RequestAborted);
        var pending = await OutcomeFacts.PendingAsync(connection, null, context.RequestAborted);
        var publication = await publications.CurrentAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(
            metrics.Write(
            [
                ("clientvoice_changes_pending", "Changes that wait to be counted.", pending),
                ("clientvoice_publication_age_seconds", "Time since the last publication; -1 where there is none.", publication is null ? -1 : (time.GetUtcNow() - publication.MadeAt).TotalSeconds),
                ("clientvoice_hidden_share", "Share of the cells of the last publication that is hidden (0-1).", publication is null ? 0 : (double)publication.HiddenCells / Math.Max(1, publication.Cells)),
                ("process_working_set_bytes", "Memory of this node.", Environment.WorkingSet),
            ]),
            "text/plain; version=0.0.4; charset=utf-8");
    }
}
