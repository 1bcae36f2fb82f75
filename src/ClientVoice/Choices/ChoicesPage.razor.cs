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
    private HashSet<Guid> undoable = [];
    private ChoiceEffect? effect;
    private ClientGroup? effectOf;
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
    private string? Anonymous { get; set; }

    [SupplyParameterFromForm]
    private string? Reason { get; set; }

    [SupplyParameterFromForm]
    private string? Confirm { get; set; }

    [Inject]
    private IPastConversations Past { get; set; } = default!;

    [Inject]
    private ClientVoice.Clients.Changes.DeskTrail Trail { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "undone")]
    private string? Undone { get; set; }

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
        foreach (var newest in choices.Select(c => (c.GroupId, c.Perspective)).Distinct().Select(c => ChoiceStore.NewestOf(choices, c.GroupId, c.Perspective)).OfType<Choice>())
        {
            if (!await Past.AnyForChoiceAsync(newest.GroupId, newest.Id, Context.RequestAborted))
            {
                undoable.Add(newest.Id);
            }
        }
    }

    private async Task ChooseAsync(Guid groupId)
    {
        var parts = (Instrument ?? "").Split('/');
        if (parts.Length != 2 || !DateOnly.TryParseExact(From, "yyyy-MM-dd", out var from) || !int.TryParse(Months, NumberStyles.None, CultureInfo.InvariantCulture, out var months))
        {
            faults = [new Fault("form", "Fill in the instrument, the first day and the rhythm.")];
            return;
        }

        var choice = new NewChoice(groupId, parts[0], parts[1], from, months, OtherLeads != "yes", string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim(), Context.User.PersonId(), Anonymous == "yes");
        faults = await Choices.FaultsAsync(choice, Context.RequestAborted);
        if (faults.Count > 0)
        {
            return;
        }

        if (Confirm != "yes")
        {
            var group = groups.Single(g => g.Id == groupId);
            effectOf = group;
            effect = ChoiceEffect.Of(
                choice, Catalogue.Current.Newest(parts[0])!, group, sizes.GetValueOrDefault(groupId), [.. choices.Where(c => c.GroupId == groupId && c.HoldsOn(from))], Catalogue.Current.Newest);
            return;
        }

        await Trail.ChangedAsync(Context, "choice.make", $"choice/{await Choices.MakeAsync(choice, Context.RequestAborted)}");
        Navigation.NavigateTo("/choices?made=1");
    }

    private async Task UndoAsync(Choice choice)
    {
        var undone = !await Past.AnyForChoiceAsync(choice.GroupId, choice.Id, Context.RequestAborted) && await Choices.UndoAsync(choice.Id, Context.RequestAborted);
        if (undone)
        {
            await Trail.ChangedAsync(Context, "choice.undo", $"choice/{choice.Id}");
        }

        Navigation.NavigateTo($"/choices?undone={(undone ? "yes" : "late")}");
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
        "anonymous" => L["Zonder naam kan alleen wat een cliënt of verwant alleen beantwoordt.", fault.Reason],
        "group" => L["Deze cliëntgroep is er niet.", fault.Reason],
        _ => L["Vul het instrument, de eerste dag en het ritme in.", fault.Reason],
    };
}
