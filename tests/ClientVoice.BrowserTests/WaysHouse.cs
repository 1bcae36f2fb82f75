// A small organisation in which each way of asking has somebody it is made for.
using ClientVoice.Choices;
using ClientVoice.Clients;
using ClientVoice.Commands;
using ClientVoice.Database;
using ClientVoice.Shell;
using ClientVoice.Tests;
using Dapper;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

internal static class WaysHouse
{
    public const string Anna = "Anna", Carla = "Carla", Dirk = "Dirk";

    private static readonly Guid Sight = new("01900000-0000-7000-8000-0000000000c1"), Profound = new("01900000-0000-7000-8000-0000000000c2");

    public static readonly Guid CarlaId = new("01900000-0000-7000-8000-0000000000c3"), DirkId = new("01900000-0000-7000-8000-0000000000c4");

    public static async Task<ServiceUnderTest> StartAsync()
    {
        var service = await ServiceUnderTest.StartAsync(ServiceUnderTest.AllInstruments);
        var clients = service.Services.GetRequiredService<ClientStore>();
        await clients.AddGroupAsync(new ClientGroup(Sight, "zicht", new LocalText("Slecht zien", "Low vision"), "wlz", ["speaks"], ["visual"], ["living"]), default);
        await clients.AddGroupAsync(new ClientGroup(Profound, "emb", new LocalText("EMB", "PIMD"), "wlz", ["non-verbal"], ["profound"], ["living"]), default);
        await clients.AddAsync([Client(CarlaId, Sight, "Carla de Haan", "speaks"), Client(DirkId, Profound, "Dirk Smit", "non-verbal")], default);
        await ChooseAsync(service, ServiceUnderTest.Group, "samen-kijken", "client");
        await ChooseAsync(service, ServiceUnderTest.Group, "samen-kijken", "worker");
        await ChooseAsync(service, Sight, "op-gehoor", "client");
        await ChooseAsync(service, Profound, "laccs-observatie", "observer");
        return service;
    }

    /// <summary>Signs the support worker in on a new tablet.</summary>
    public static async Task<TabletSteps> TabletAsync(IPage page)
    {
        var tablet = new TabletSteps(page);
        await tablet.SignInAsync("worker@proef", ServiceUnderTest.Password);
        return tablet;
    }

    /// <summary>Goes through every question that is left, answering as told, up to the read-back.</summary>
    public static async Task AnswerAllAsync(IPage page, TabletSteps tablet, Func<string, Task> answer)
    {
        while (true)
        {
            var shown = page.Locator("[data-testid^='question-'], [data-testid='readback-confirm']").First;
            await shown.WaitForAsync();
            var id = (await shown.GetAttributeAsync("data-testid"))!;
            if (id == "readback-confirm")
            {
                return;
            }

            await answer(id["question-".Length..]);
            await tablet.At("next").ClickAsync();
            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"${id}\"]`)", id);
        }
    }

    /// <summary>Passes over every question that is left, up to the read-back. A canvas is one screen of several.</summary>
    public static async Task FinishGroupAsync(IPage page, TabletSteps tablet)
    {
        while (true)
        {
            var shown = page.Locator("[data-testid^='question-'], [data-testid='readback-confirm']").First;
            await shown.WaitForAsync();
            var id = (await shown.GetAttributeAsync("data-testid"))!;
            if (id == "readback-confirm")
            {
                return;
            }

            await tablet.At("next").ClickAsync();
            await page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"${id}\"]`)", id);
        }
    }

    public static async Task<IReadOnlyList<T>> RowsAsync<T>(ServiceUnderTest service, string sql)
    {
        await using var connection = await service.Services.GetRequiredService<IDatabase>().OpenAsync(default);
        return [.. await connection.QueryAsync<T>(sql)];
    }

    private static NewClient Client(Guid id, Guid group, string name, string communication) =>
        new(id, ServiceUnderTest.North, group, name, name.Split(' ')[0], null, communication, ServiceUnderTest.Worker, new DateOnly(2024, 1, 1));

    private static async Task ChooseAsync(ServiceUnderTest service, Guid group, string instrument, string perspective)
    {
        var today = DateOnly.FromDateTime(service.Services.GetRequiredService<TimeProvider>().GetLocalNow().DateTime);
        await service.Services.GetRequiredService<ChoiceStore>().MakeAsync(new NewChoice(group, instrument, perspective, today.AddDays(-5), 12, true, "Voor de proef", null), default);
    }
}
