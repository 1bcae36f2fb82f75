using System.Text.Json;
using System.Text.Json.Nodes;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using ClientVoice.Shell.Forms;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Conversations.Corrections;

/// <summary>A conversation as a form, for who may correct it.</summary>
public partial class CorrectPage
{
    // As long as a document takes; that says which of them is too long.
    private const int Longest = 4000;

    private KeptConversation kept = default!;
    private Instrument? instrument;
    private JsonObject? document;
    private Dictionary<string, Question> questions = [];
    private Posted form = default!;
    private string title = "";
    private string seen = "";

    /// <summary>Of the conversation.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private ConversationReader Reader { get; set; } = default!;

    [Inject]
    private FormerConversations Former { get; set; } = default!;

    [Inject]
    private CorrectConversation Correct { get; set; } = default!;

    [Inject]
    private ICatalogue Catalogue { get; set; } = default!;

    [Inject]
    private DeskTrail Trail { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        var (person, cancel) = (Context.User.PersonId(), Context.RequestAborted);
        form = new Posted(Context, L);
        // Who may not read it yet, for another observer is still to look, does not correct it either.
        kept = await Reader.FindAsync(Id, person, cancel) ?? throw new ProblemException(ProblemKinds.NotFound);
        var standing = await Former.DocumentAsync(Id, person, cancel) ?? throw new ProblemException(ProblemKinds.NotFound);
        Trail.Read(Context, "conversation.read", $"conversation/{Id}", kept.Document.Client);
        instrument = Catalogue.Current.Find(kept.Document.Instrument.Id, kept.Document.Instrument.Version);
        title = instrument is null ? kept.Document.Instrument.Id : L[instrument.Title];
        questions = (instrument?.Questions ?? []).ToDictionary(q => q.Id);
        document = kept.Document.Outcome == "refused" ? null : standing;
        seen = Fingerprint(standing);
    }

    private async Task CorrectAsync()
    {
        if (instrument is null || document is null)
        {
            return;
        }

        var changed = CorrectedAnswers.Apply(document, instrument.Questions, form, L);
        var reason = form.Line("reason", L["Zeg wat er verkeerd was.", "Say what was wrong."], CorrectConversation.LongestReason);
        if (form.Raw("seen") != seen)
        {
            form.Fault("", L["Iemand anders heeft dit gesprek intussen gecorrigeerd. Open het opnieuw.", "Somebody else corrected this conversation meanwhile. Open it again."]);
        }
        else if (form.IsGood && JsonNode.DeepEquals(changed, document))
        {
            form.Fault("", L["Er is geen antwoord veranderd.", "No answer was changed."]);
        }

        if (form.IsGood && await IsKeptAsync(reason, changed))
        {
            Navigation.NavigateTo($"/conversations/{Id}");
        }
    }

    private async Task<bool> IsKeptAsync(string reason, JsonObject changed)
    {
        try
        {
            await Correct.CorrectAsync(Id, reason, JsonSerializer.SerializeToElement(changed), Context, Context.RequestAborted);
            return true;
        }
        catch (ProblemException problem) when (problem.Faults.Count > 0)
        {
            foreach (var fault in problem.Faults)
            {
                form.Fault(CorrectedAnswers.FieldOf(fault.Pointer) ?? "", L["Dit antwoord kan zo niet: het past niet bij de andere antwoorden, of valt buiten wat het instrument toelaat.", "This answer cannot be so: it does not go with the other answers, or lies outside what the instrument allows."]);
            }

            return false;
        }
    }

    private static string Fingerprint(JsonObject standing) => CanonicalJson.Sha256(JsonSerializer.SerializeToElement(standing));
}
