using ClientVoice.Shell.Forms;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Access;

/// <summary>Somebody's own account: password, second step, sessions.</summary>
public partial class AccountPage
{
    private Posted form = default!;
    private SecondStep? step;
    private string? key;
    private string email = "";
    private IReadOnlyList<string>? codes;
    private IReadOnlyList<OpenSession> sessions = [];
    private bool off;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private People People { get; set; } = default!;

    [Inject]
    private SecondFactors Factors { get; set; } = default!;

    [Inject]
    private Sessions Sessions { get; set; } = default!;

    [Inject]
    private Session Session { get; set; } = default!;

    [Inject]
    private IAuditTrail Audit { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private Guid Person => Context.User.PersonId();

    private string? Said => Context.Request.Query["done"].ToString() switch
    {
        "off" => L["De tweede stap staat uit.", "The second step is off."],
        "ended" => L["Daar bent u uitgelogd.", "You are signed out there."],
        _ => null,
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        form = new Posted(Context, L);
        step = await Factors.FindAsync(Person, Context.RequestAborted);
        sessions = await Sessions.ListAsync(Person, Context.RequestAborted);
        if (form.Raw("confirm-code") is not null)
        {
            // A form that is sent back has to stand on the page again.
            await BeginAsync();
        }
    }

    private async Task BeginAsync()
    {
        email = await People.EmailAsync(Person, Context.RequestAborted);
        key = step is null ? await Factors.BeginAsync(Person, Context.RequestAborted) : null;
    }

    private async Task ConfirmAsync()
    {
        codes = await Factors.ConfirmAsync(Person, form.Raw("confirm-code") ?? "", Context.RequestAborted);
        if (codes is null)
        {
            form.Fault("confirm-code", L["Deze code klopt niet. Kijk of de klok van uw telefoon goed staat, en typ de code die er nu staat.", "This code is not right. See whether your phone’s clock is right, and type the code that it shows now."]);
            return;
        }

        step = await Factors.FindAsync(Person, Context.RequestAborted);
        await ChangedAsync("person.second-step-on");
    }

    private async Task NewCodesAsync()
    {
        if (step is not null)
        {
            codes = await Factors.NewCodesAsync(Person, Context.RequestAborted);
            step = await Factors.FindAsync(Person, Context.RequestAborted);
            await ChangedAsync("person.recovery-codes");
        }
    }

    private async Task OffAsync()
    {
        off = true;
        if (!await Factors.UseAsync(Person, form.Raw("off-code") ?? "", Context.RequestAborted))
        {
            form.Fault("off-code", L["Deze code klopt niet of is al gebruikt.", "This code is not right or was used already."]);
            return;
        }

        await Factors.RemoveAsync(Person, Context.RequestAborted);
        await ChangedAsync("person.second-step-off");
        Navigation.NavigateTo("/account?done=off");
    }

    private async Task PasswordAsync()
    {
        var password = form.Raw("password") ?? "";
        if (Passwords.Fault(password, await People.EmailAsync(Person, Context.RequestAborted), L) is { } wrong)
        {
            form.Fault("password", wrong);
        }
        else if (form.Raw("again") != password)
        {
            form.Fault("again", L["De twee wachtwoorden zijn niet gelijk.", "The two passwords are not the same."]);
        }
        else if (!await People.ChangePasswordAsync(Person, form.Raw("before") ?? "", password, Context.RequestAborted))
        {
            form.Fault("before", L["Dit is niet het wachtwoord dat u nu hebt.", "This is not the password that you have now."]);
        }

        if (form.IsGood)
        {
            await ChangedAsync("person.password");
            await Session.EndAsync(Context);
            Navigation.NavigateTo("/sign-in?welcome=1");
        }
    }

    private async Task EndAsync(Guid session)
    {
        if (await Sessions.EndAsync(session, Person, Context.RequestAborted))
        {
            await Audit.NowAsync(AuditEvent.Of(Context, "session.end", $"session/{session}"), Context.RequestAborted);
        }

        Navigation.NavigateTo("/account?done=ended");
    }

    private async Task EverywhereAsync()
    {
        await Audit.NowAsync(AuditEvent.Of(Context, "session.end-all", $"person/{Person}"), Context.RequestAborted);
        await Sessions.EndAllAsync(Person, null, Context.RequestAborted);
        await Session.EndAsync(Context);
        Navigation.NavigateTo("/sign-in");
    }

    private Task ChangedAsync(string action) => Audit.NowAsync(AuditEvent.Of(Context, action, $"person/{Person}"), Context.RequestAborted);
}
