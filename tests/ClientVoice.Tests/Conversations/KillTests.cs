// The service as a process of its own, killed without warning while tablets send.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ClientVoice.Commands;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ClientVoice.Tests.Conversations;

public sealed class KillTests
{
    private const int Kills = 3;
    private readonly string folder = Directory.CreateTempSubdirectory("clientvoice-").FullName;
    private readonly string address = $"http://127.0.0.1:{FreePort()}";
    private Process? service;

    [TearDown]
    public void StopAndDrop()
    {
        service?.Kill(true);
        service?.WaitForExit();
        service?.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    [Test]
    public async Task WhatGotItsReceiptIsThereAfterAKillOnceAndWhole()
    {
        var receipts = new ConcurrentDictionary<Guid, JsonObject>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await StartAsync();
            using var first = await SignedInAsync();
            var client = await ClientAsync(first);
            var before = receipts.Count;
            var tablets = Enumerable.Range(0, 4).Select(_ => SendUntilCutOffAsync(client, receipts)).ToList();
            // Killed in the midst of work: as soon as each tablet has had some receipts.
            for (var i = 0; i < 300 && receipts.Count < before + 40; i++)
            {
                await Task.Delay(50);
            }

            service!.Kill(true);
            await service.WaitForExitAsync();
            await Task.WhenAll(tablets);
            Assert.That(receipts, Has.Count.GreaterThanOrEqualTo(before + 40), "there was work to lose");
        }

        await StartAsync();
        using var tablet = await SignedInAsync();
        foreach (var (id, document) in receipts)
        {
            using var again = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK), "it is there, with this content");
        }

        await using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "clientvoice.db")}");
        Assert.That(await database.ExecuteScalarAsync<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(
            await database.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM Conversation v WHERE v.Outcome = 'finished' AND NOT EXISTS (SELECT 1 FROM Answer a WHERE a.ConversationId = v.Id)"),
            Is.Zero, "nothing is half there");
    }

    private async Task SendUntilCutOffAsync(string client, ConcurrentDictionary<Guid, JsonObject> receipts)
    {
        try
        {
            using var tablet = await SignedInAsync();
            while (true)
            {
                var id = Guid.CreateVersion7();
                var document = ConversationJson.Valid(id);
                document["client"] = client;
                // An agreement has an id of its own, and this is not the first conversation.
                document["agreements"] = new JsonArray();
                using var answer = await tablet.PutAsync($"/api/conversations/{id}", ConversationJson.Body(document));
                if (answer.StatusCode == HttpStatusCode.Created && (await answer.Content.ReadFromJsonAsync<JsonObject>())!.ContainsKey("signature"))
                {
                    receipts[id] = document;
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // The service is gone: that is the point.
        }
    }

    private async Task StartAsync()
    {
        service?.Dispose();
        var program = Path.Combine(AppContext.BaseDirectory, "ClientVoice.dll");
        service = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls", address, "--environment", "Development", "--ClientVoice:Data", folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        for (var i = 0; i < 240; i++)
        {
            try
            {
                using var ready = await http.GetAsync("/health/ready");
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(250);
        }

        Assert.Fail("the service did not start");
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Add("X-ClientVoice", "1");
        using var answer = await http.PostAsJsonAsync("/api/session", new { email = "begeleider@demo", password = DemoOrganisation.Password });
        return http;
    }

    private static async Task<string> ClientAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonObject>("/api/work"))!["clients"]!.AsArray()
            .First(c => c!["due"]!.AsArray().Any(d => d!["instrument"]!["id"]!.GetValue<string>() == "mijn-verhaal"))!["id"]!.GetValue<string>();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
