using System.Globalization;
using ClientVoice.Commands;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

/// <summary>What a support worker does on the tablet, step by step.</summary>
internal sealed class TabletSteps(IPage page)
{
    public const string Pin = "739164";

    public ILocator At(string id) => page.GetByTestId(id);

    /// <summary>Signs in for the first time and loads the work list.</summary>
    public async Task SignInAsync(string email, string password = DemoOrganisation.Password)
    {
        await page.GotoAsync("/tablet/");
        await FirstTimeAsync(email, Pin, password);
    }

    /// <summary>From the sign-in screen: somebody who is new on this tablet.</summary>
    public async Task FirstTimeAsync(string email, string pin, string password = DemoOrganisation.Password)
    {
        await AccountAsync(email, password);
        await ChoosePinAsync(pin);
        await At("work-client").First.WaitForAsync();
    }

    public async Task AccountAsync(string email, string password = DemoOrganisation.Password)
    {
        await At("sign-in-email").FillAsync(email);
        await At("sign-in-password").FillAsync(password);
        await At("sign-in-submit").ClickAsync();
    }

    public async Task ChoosePinAsync(string pin)
    {
        await At("pin-new").FillAsync(pin);
        await At("pin-repeat").FillAsync(pin);
        await At("pin-submit").ClickAsync();
    }

    /// <summary>Waits until the shell and the pictures are kept for use without network.</summary>
    public async Task ReadyForOfflineAsync()
    {
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => undefined)");
        await Assertions.Expect(At("work-list")).ToHaveAttributeAsync("data-complete", "true", new() { Timeout = 60_000 });
    }

    /// <summary>Opens the vault again after the browser was closed.</summary>
    public async Task UnlockAsync()
    {
        await At("pick-person").ClickAsync();
        await At("pin").FillAsync(Pin);
        await At("pin-submit").ClickAsync();
    }

    /// <summary>From the work list to the first question.</summary>
    public async Task BeginAsync(ILocator client)
    {
        await client.ClickAsync();
        await At("start-conversation").First.ClickAsync();
        await At("prepare-next").ClickAsync();
        await At("agree").ClickAsync();
    }

    /// <summary>A refusal: the shortest conversation there is, and sent like any other.</summary>
    public async Task RefuseAsync(ILocator client)
    {
        await client.ClickAsync();
        await At("start-conversation").First.ClickAsync();
        await At("prepare-next").ClickAsync();
        await At("refuse").ClickAsync();
        await At("refuse-confirm").ClickAsync();
        await At("done").WaitForAsync();
    }

    /// <summary>Waits until everything on this tablet has arrived.</summary>
    public Task SentAsync() => Assertions.Expect(At("outbox-state")).ToHaveAttributeAsync("data-look", "sent", new() { Timeout = 60_000 });

    /// <summary>The id of the question on the screen.</summary>
    public async Task<string> QuestionAsync()
    {
        var question = page.Locator("[data-testid^='question-']").First;
        await question.WaitForAsync();
        return (await question.GetAttributeAsync("data-testid"))!["question-".Length..];
    }

    /// <summary>The question on the screen; null when the questions are over.</summary>
    public async Task<string?> OnAQuestionAsync()
    {
        var here = page.Locator("[data-testid^='question-'], [data-testid='readback-confirm']").First;
        await here.WaitForAsync();
        return (await here.GetAttributeAsync("data-testid"))! is var id && id.StartsWith("question-", StringComparison.Ordinal) ? id["question-".Length..] : null;
    }

    /// <summary>Waits until a question is not on the screen any more.</summary>
    public Task GoneAsync(string question) => page.WaitForFunctionAsync("id => !document.querySelector(`[data-testid=\"question-${id}\"]`)", question);

    /// <summary>How many conversations wait on this tablet.</summary>
    public async Task<int> WaitingAsync() => int.Parse((await At("outbox-state").GetAttributeAsync("data-waiting"))!, CultureInfo.InvariantCulture);
}
