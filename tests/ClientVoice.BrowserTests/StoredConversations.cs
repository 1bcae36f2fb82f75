using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Database;
using ClientVoice.Tests;
using Dapper;

namespace ClientVoice.BrowserTests;

/// <summary>What the service has of a client.</summary>
internal static class StoredConversations
{
    /// <summary>How many conversations with a client are stored.</summary>
    public static Task<int> CountAsync(ServiceUnderTest service, string client) =>
        AskAsync<int>(service, "SELECT COUNT(*) FROM Conversation WHERE ClientId = @client", client);

    /// <summary>The document that came in last, as the tablet sent it.</summary>
    public static async Task<JsonElement> LastAsync(ServiceUnderTest service, string client)
    {
        var secret = await AskAsync<byte[]>(service, "SELECT DocumentSecret FROM Conversation WHERE ClientId = @client ORDER BY ReceivedAt DESC", client);
        using var json = JsonDocument.Parse(service.Services.GetRequiredService<Secrets>().OpenBytes(SecretKind.Document, secret!));
        return json.RootElement.Clone();
    }

    /// <summary>The day that the conversation that came in last counts for.</summary>
    public static Task<DateOnly> LastDayAsync(ServiceUnderTest service, string client) =>
        AskAsync<DateOnly>(service, "SELECT HeldOn FROM Conversation WHERE ClientId = @client ORDER BY ReceivedAt DESC", client);

    private static async Task<T> AskAsync<T>(ServiceUnderTest service, string sql, string client)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return (await connection.QueryFirstAsync<T>(sql, new { client = Guid.Parse(client) }))!;
    }
}
