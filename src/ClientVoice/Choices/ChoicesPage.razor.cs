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
    private List<(string Perspective, ChoiceEffect Effect)> effects = [];
    private NewChoice? previewed;
    private int inGroup;
    private int withoutEvaluation;
    private int[] byMonth = [];
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
    private string[]? Views { get; set; }

    [SupplyParameterFromForm]
    private string? Rhythm { get; set; }

    [SupplyParameterFromForm]
    private string? Share { get; set; }

    [SupplyParameterFromForm]
    private string? Spread { get; set; }

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

    // Spreading the conversations of a handful of people helps nobody, and would make the first one wait.
    private const int SpreadFrom = 12;

    private IEnumerable<Instrument> Options => Catalogue.Current.Instruments
        .Select(i => i.Key.Id).Distinct().Select(Catalogue.Current.Newest).OfType<Instrument>().Where(i => i.Subject == "client");

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        today = DateOnly.FromDateTime(Time.GetLocalNow().DateTime);
        groups = await ClientStore.GroupsAsync(Context.RequestAborted);
        choices = await Choices.AllAsync(Context.RequestAborted);
        ages = await ClientStore.GroupAgesAsync(today, Context.RequestAborted);
        sizes = await ClientStore.GroupSizesAsync(today, Context.RequestAborted);
        foreach (var newest in choices.Where(c => ChoiceStore.NewestOf(choices, c)?.Id == c.Id))
        {
            if (!await Past.AnyForAsync(newest, Context.RequestAborted))
            {
                undoable.Add(newest.Id);
            }
        }

        // What was made together is taken back together, or not at all.
        undoable.RemoveWhere(id => choices.First(c => c.Id == id) is var choice && ChoiceStore.TogetherWith(choices, choice).Any(c => !undoable.Contains(c.Id)));
    }

    private async Task ChooseAsync(Guid groupId)
    {
        if (Read(groupId) is not { } asked)
        {
            return;
        }

        foreach (var one in asked)
        {
            faults = [.. faults, .. await Choices.FaultsAsync(one, Context.RequestAborted)];
        }

        if (faults.Count > 0)
        {
            // Each view has the same faults but for its own.
            faults = [.. faults.Distinct()];
            return;
        }

        if (Confirm != "yes")
        {
            await PreviewAsync(asked);
            return;
        }

        foreach (var made in await Choices.MakeAsync(asked, Context.RequestAborted))
        {
            await Trail.ChangedAsync(Context, "choice.make", $"choice/{made}");
        }

        Navigation.NavigateTo("/choices?made=1");
    }

    private IReadOnlyList<NewChoice>? Read(Guid groupId)
    {
        var moment = string.IsNullOrEmpty(Rhythm) || Rhythm == "months" ? null : Rhythm;
        var months = 12;
        if (Catalogue.Current.Newest(Instrument ?? "") is not { } instrument || !DateOnly.TryParseExact(From, "yyyy-MM-dd", out var from)
            || (moment is null or ClientTurn.Evaluation && !int.TryParse(Months, NumberStyles.None, CultureInfo.InvariantCulture, out months)))
        {
            faults = [new Fault("form", "Fill in the instrument, the first day and the rhythm.")];
            return null;
        }

        if (!int.TryParse(string.IsNullOrWhiteSpace(Share) ? "100" : Share, NumberStyles.None, CultureInfo.InvariantCulture, out var share))
        {
            share = 0;
        }

        var views = ViewsOf(instrument).ToList();
        if (views.Count == 0)
        {
            faults = [new Fault("views", "Choose at least one view.")];
            return null;
        }

        // Of several views only those that can; where none can, the store says so.
        var alone = views.Where(view => ChoiceStore.MayBeAnonymous(instrument, view)).ToList();
        return [.. views.Select(view => new NewChoice(groupId, instrument.Key.Id, view, from, months, OtherLeads != "yes", string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim(), Context.User.PersonId(), Anonymous == "yes" && (alone.Count == 0 || alone.Contains(view)))
        {
            SharePercent = share, Moment = moment, Spreads = moment is null && Spread == "yes",
        })];
    }

    // An instrument that has one view needs no choosing.
    private IEnumerable<string> ViewsOf(Instrument instrument) =>
        instrument.Perspectives.Count == 1 ? instrument.Perspectives.Keys : instrument.Perspectives.Keys.Where(view => Views?.Contains($"{instrument.Key.Id}/{view}") == true);

    // On a fresh form the views that the instrument cannot do without, or else its first.
    private bool IsViewChecked(Instrument instrument, string view, bool isTyped) => isTyped && Instrument == instrument.Key.Id
        ? Views?.Contains($"{instrument.Key.Id}/{view}") == true
        : instrument.Perspectives[view] > 0 || (instrument.Perspectives.Values.All(least => least == 0) && instrument.Perspectives.Keys.First() == view);

    private async Task PreviewAsync(IReadOnlyList<NewChoice> asked)
    {
        var (first, cancel) = (asked[0], Context.RequestAborted);
        var group = groups.Single(g => g.Id == first.GroupId);
        var people = await ClientStore.OfGroupAsync(group.Id, cancel);
        if (first.SharePercent < 100 && first.Moment is null && ChoiceForecast.Clients(first.Turn, people, today) == 0 && sizes.GetValueOrDefault(group.Id) > 0)
        {
            faults = [new Fault("nobody", "Nobody is drawn with this share: make it larger.")];
            return;
        }

        var instrument = Catalogue.Current.Newest(first.InstrumentId)!;
        List<Choice> running = [.. choices.Where(c => c.GroupId == group.Id && c.HoldsOn(first.FromOn))];
        var past = first.Moment is null ? await Past.OfGroupAsync(group.Id, first.InstrumentId, cancel) : [];
        byMonth = first.Moment is null ? new int[ChoiceForecast.Months] : [];
        foreach (var one in asked)
        {
            effects.Add((one.Perspective, ChoiceEffect.Of(one, instrument, group, rule => ChoiceForecast.Clients(rule, people, today), running, Catalogue.Current.Newest)));
            if (one.Moment is null)
            {
                var before = past.Where(p => p.Perspective == one.Perspective).ToLookup(p => p.ClientId);
                byMonth = [.. byMonth.Zip(ChoiceForecast.ByMonth(one, instrument, people, before, today), (a, b) => a + b)];
            }
        }

        withoutEvaluation = first.Moment == ClientTurn.Evaluation ? ChoiceForecast.WithoutEvaluation(people, today) : 0;
        (effectOf, previewed, inGroup) = (group, first, sizes.GetValueOrDefault(group.Id));
    }

    private async Task UndoAsync(Choice choice)
    {
        var undone = undoable.Contains(choice.Id) && await Choices.UndoAsync(choice.Id, Context.RequestAborted);
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
        "views" => L["Kies minstens één blik: wiens kijk wilt u horen?", fault.Reason],
        "nobody" => L["Met dit deel wordt in deze groep niemand getrokken. Kies een groter deel.", fault.Reason],
        "share" => L["Het deel van de cliënten is 1 tot 100 procent.", fault.Reason],
        "moment" => L["Dit moment is er niet.", fault.Reason],
        "everyMonths" => L["Het ritme is eens per 1 tot 36 maanden.", fault.Reason],
        "perspective" => L["Dit instrument wordt niet vanuit dat perspectief beantwoord.", fault.Reason],
        "instrument" => L["Dit instrument is er niet, of gaat niet over een cliënt.", fault.Reason],
        "anonymous" => L["Zonder naam kan alleen wat een cliënt of verwant alleen beantwoordt.", fault.Reason],
        "group" => L["Deze cliëntgroep is er niet.", fault.Reason],
        _ => L["Vul het instrument, de eerste dag en het ritme in.", fault.Reason],
    };
}
