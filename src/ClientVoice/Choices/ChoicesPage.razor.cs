using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Choices;

/// <summary>Which instrument for which group: what runs, what may come, and how well it fits.</summary>
public partial class ChoicesPage
{
    private IReadOnlyList<ClientGroup> groups = [];
    private IReadOnlyList<Choice> choices = [];
    private IReadOnlyDictionary<Guid, int> sizes = new Dictionary<Guid, int>();
    private IReadOnlyDictionary<Guid, AgeSpan> ages = new Dictionary<Guid, AgeSpan>();
    private IReadOnlyList<Fault> faults = [];
    private DateOnly today;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm]
    private string? Group { get; set; }

    [SupplyParameterFromForm]
    private string? Instrument { get; set; }

    [SupplyParameterFromForm]
    private string? From { get; set; }

    [SupplyParameterFromForm]
    private string? Months { get; set; }

    [SupplyParameterFromForm]
    private string? OtherLeads { get; set; }

    [SupplyParameterFromForm]
    private string? Reason { get; set; }

    [SupplyParameterFromQuery(Name = "made")]
    private string? Made { get; set; }

    private IEnumerable<(Instrument Instrument, string Perspective)> Options => Catalogue.Current.Instruments
        .Select(i => i.Key.Id).Distinct().Select(Catalogue.Current.Newest).OfType<Instrument>()
        .Where(i => i.Subject == "client")
        .SelectMany(i => i.Perspectives.Keys.Select(p => (i, p)));

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        groups = await ClientStore.GroupsAsync(Context.RequestAborted);
        choices = await Choices.AllAsync(Context.RequestAborted);
        ages = await ClientStore.GroupAgesAsync(today, Context.RequestAborted);
        sizes = await ClientStore.GroupSizesAsync(today, Context.RequestAborted);
    }

    private async Task ChooseAsync(Guid groupId)
    {
        var parts = (Instrument ?? "").Split('/');
        if (parts.Length != 2 || !DateOnly.TryParseExact(From, "yyyy-MM-dd", out var from) || !int.TryParse(Months, NumberStyles.None, CultureInfo.InvariantCulture, out var months))
        {
            faults = [new Fault("form", "Fill in the instrument, the first day and the rhythm.")];
            return;
        }

        try
        {
            await Choices.MakeAsync(
                new NewChoice(groupId, parts[0], parts[1], from, months, OtherLeads != "yes", string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim(), Context.User.PersonId()),
                Context.RequestAborted);
        }
        catch (ProblemException problem)
        {
            faults = problem.Faults;
            return;
        }

        Navigation.NavigateTo("/choices?made=1");
    }

    private FitVerdict? Fit(string instrument, ClientGroup group) =>
        Catalogue.Current.Newest(instrument) is { } known ? FitRule.Of(known, group, ages.GetValueOrDefault(group.Id)) : null;

    private string TitleOf(string instrument) => Catalogue.Current.Newest(instrument) is { } known
        ? L[known.Title]
        : L[$"{instrument} (niet meer in de map)", $"{instrument} (no longer in the folder)"];

    private string Explain(Fault fault) => fault.Pointer switch
    {
        "reason" => L["Dit instrument is niet voor deze groep gemaakt. Schrijf op waarom het toch gekozen wordt.", fault.Reason],
        "everyMonths" => L["Het ritme is eens per 1 tot 36 maanden.", fault.Reason],
        "perspective" => L["Dit instrument wordt niet vanuit dat perspectief beantwoord.", fault.Reason],
        "instrument" => L["Dit instrument is er niet, of gaat niet over een cliënt.", fault.Reason],
        "group" => L["Deze cliëntgroep is er niet.", fault.Reason],
        _ => L["Vul het instrument, de eerste dag en het ritme in.", fault.Reason],
    };
}
