using ClientVoice.Commands;
using Microsoft.Playwright;

namespace ClientVoice.BrowserTests;

/// <summary>What somebody at a desk does.</summary>
internal static class DeskSteps
{
    public static async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mailadres").FillAsync(email);
        await page.GetByLabel("Wachtwoord").FillAsync(DemoOrganisation.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inloggen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Uitloggen" }).WaitForAsync();
    }
}
