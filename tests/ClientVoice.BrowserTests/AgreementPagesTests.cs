// After the conversation: a worker's own agreements, from the start page to the client who knows what came of it.
using System.Text.Json.Nodes;
using ClientVoice.Tests;
using ClientVoice.Tests.Conversations;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

public sealed class AgreementPagesTests
{
    private ServiceUnderTest service = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => service = await ServiceUnderTest.StartAsync(demo: true);

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task AnAgreementGoesFromReminderToToldAndStandsOnTheClientsPage()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "teamleider@demo");
        await page.GotoAsync("/");
        await Chromium.PictureAsync(page, "start-reminder");
        await page.GotoAsync("/agreements?whose=all");
        await Chromium.PictureAsync(page, "agreements");
        await Chromium.IsAccessibleAsync(page, "/agreements");
        var link = page.GetByTestId("agreements").Locator("tbody th a").First;
        var what = await link.InnerTextAsync();
        await link.ClickAsync();
        await page.GetByText("Het is niet gedaan").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaren dat het niet is gedaan" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Schrijf op waarom");
        await Chromium.PictureAsync(page, "agreement-fault");
        await Chromium.IsAccessibleAsync(page, "an agreement with a fault");
        await page.GetByLabel("Waarom niet?").FillAsync("De kookclub is gestopt.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bewaren dat het niet is gedaan" }).ClickAsync();
        await Assertions.Expect(page.GetByText("nog vertellen aan de cliënt")).ToBeVisibleAsync();
        await page.GetByLabel("met plaatjes of gebaren").CheckAsync();
        await Chromium.PictureAsync(page, "agreement-tell");
        await page.GetByRole(AriaRole.Button, new() { Name = "De cliënt weet het" }).ClickAsync();
        await Assertions.Expect(page.GetByText("met plaatjes of gebaren, door Ria Willemsen")).ToBeVisibleAsync();

        var client = await page.Locator(".page-head .eyebrow").InnerTextAsync();
        await page.GotoAsync("/agreements?whose=all&state=closed");
        var row = page.GetByTestId("agreements").Locator("tbody tr").Filter(new() { HasText = what }).Filter(new() { HasText = client["Afspraak met ".Length..] }).First;
        await row.Locator("td a").First.ClickAsync();
        Assert.That(client, Does.EndWith(await page.Locator("h1").InnerTextAsync()));
        await Assertions.Expect(page.GetByText("niet gedaan, verteld op").First).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "client-talks");
        await Chromium.IsAccessibleAsync(page, "a client's page with agreements and conversations");
        await page.SetViewportSizeAsync(Chromium.Portrait.Width, Chromium.Portrait.Height);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "fits a tablet");
        await Chromium.PictureAsync(page, "client-talks-820");
    }

    [Test]
    public async Task WhatClientWorkerAndRelativeToldIsReadSideBySideFromTheClientsPage()
    {
        await using var context = await Chromium.ContextAsync(Chromium.Desk, service.Address);
        var page = await context.NewPageAsync();
        await DeskSteps.SignInAsync(page, "begeleider@demo");
        await page.GotoAsync("/conversations");
        await page.Locator("tbody a").First.ClickAsync();
        var client = await page.EvaluateAsync<string>("fetch('/api/work').then(r => r.json()).then(w => w.clients[0].id)");
        (string Instrument, string Perspective, string Answers, string Words)[] told =
        [
            ("samen-kijken", "client", """{ "home": "bad", "home-wish": "change", "mood": "good", "mood-wish": "stay", "people": "so-so", "people-wish": "change" }""", """{ "home": "De keuken is te klein voor ons allemaal." }"""),
            ("samen-kijken", "worker", """{ "home": "good", "mood": "good", "people": "so-so" }""", """{ "people": "Belt vaak met haar broer." }"""),
            ("verwant-aan-het-woord", "relative", """{ "relative-wellbeing": "not-good", "informed": "good", "heard": "good" }""", "{}"),
        ];
        foreach (var (instrument, perspective, answers, words) in told)
        {
            var document = ConversationJson.Valid(Guid.CreateVersion7());
            (document["client"], document["instrument"]!["id"], document["perspective"]) = (client, instrument, perspective);
            (document["answers"], document["words"]) = (JsonNode.Parse(answers), JsonNode.Parse(words));
            (document["passed"], document["seconds"], document["changes"], document["agreements"]) = (new JsonObject(), new JsonObject(), new JsonArray(), new JsonArray());
            document["conductor"]!["relation"] = perspective == "relative" ? "relative" : "regular-worker";
            var status = await page.EvaluateAsync<int>(
                "([id, body]) => fetch('/api/conversations/' + id, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-ClientVoice': '1' }, body }).then(r => r.status)",
                new[] { (string)document["id"]!, document.ToJsonString() });
            Assert.That(status, Is.EqualTo(201));
        }

        await page.GotoAsync($"/clients/{client}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bekijk naast elkaar wat ieder vertelde" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("areas")).ToContainTextAsync("Samen kijken");
        await Assertions.Expect(page.GetByTestId("side-by-side")).ToContainTextAsync("De keuken is te klein voor ons allemaal.");
        await Chromium.PictureAsync(page, "client-views");
        await Chromium.IsAccessibleAsync(page, "what each told, side by side");
        foreach (var size in (ViewportSize[])[Chromium.Portrait, new() { Width = 1180, Height = 820 }, new() { Width = 320, Height = 800 }])
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"fits {size.Width} pixels");
            await Chromium.PictureAsync(page, $"client-views-{size.Width}");
        }
    }
}
