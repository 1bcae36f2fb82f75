using System.Net;
using System.Text;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Tests.Conversations;

/// <summary>What someone finds who takes the file of the embedded database away.</summary>
public sealed class DatabaseFileTests
{
    [Test]
    public async Task NoNameAndNoWordStandsReadableInTheDatabase()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        using var tablet = await service.SignedInAsync("worker@proef");
        var id = Guid.CreateVersion7();
        using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(ConversationJson.Valid(id)));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await using (var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default))
        {
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var bytes = string.Concat(Directory.GetFiles(service.Folder, "*.db*").Select(f => Encoding.Latin1.GetString(ReadShared(f))));
        foreach (var secret in (string[])["koud in de winter", "gaat je niets", "extra deken", "Achternaam", "Werker", "worker@proef"])
        {
            Assert.That(bytes, Does.Not.Contain(secret));
        }

        Assert.That(bytes, Does.Contain("Noord"), "the file was really read: a place's name is no secret");
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
