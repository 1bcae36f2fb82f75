using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Problems;

namespace ClientVoice.Conversations.Rights;

/// <summary>Answers <c>GET /clients/{id}/rights.json</c>: everything that is kept about a client, as data to take along.</summary>
internal static class RightsData
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<IResult> HandleAsync(Guid id, HttpContext context, ClaimsPrincipal user, OverviewReader reader, DeskTrail trail)
    {
        var all = await reader.FindAsync(id, user.PersonId(), context.RequestAborted) ?? throw new ProblemException(ProblemKinds.NotFound);
        await trail.ChangedAsync(context, "rights.data", $"client/{id}", id);
        context.Response.Headers.CacheControl = "no-store";
        // Named after nobody: it lies in a folder of downloads.
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(all, Readable), "application/json", "clientvoice-overzicht.json");
    }
}
