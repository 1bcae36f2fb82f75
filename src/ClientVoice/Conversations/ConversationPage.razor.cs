using System.Text.Json;
using ClientVoice.Access;
using ClientVoice.Clients.Changes;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Conversations;

/// <summary>One conversation as a readable document: what was said, agreed and passed over, and why each score is what it is.</summary>
public partial class ConversationPage
{
    private KeptConversation kept = default!;
    private ClosedObservation? closed;
    private Comparison? comparison;
    private ConversationDocument document = default!;
    private IReadOnlyList<SaidSection> sections = [];
    private IReadOnlyList<(ScoredDomain Domain, DomainTrace Trace)> traces = [];
    private Dictionary<string, Question> questions = [];
    private IReadOnlyList<CorrectedVersion> versions = [];
    private bool mayCorrect;
    private string title = "";
    private int minutes;
    private int untouched;

    /// <summary>Of the conversation.</summary>
    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Of an earlier version, for who may correct; null: as it stands.</summary>
    [SupplyParameterFromQuery]
    private int? Version { get; set; }

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private DeskTrail Trail { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        closed = await Reader.ClosedAsync(Id, Context.User.PersonId(), Context.RequestAborted);
        if (closed is not null)
        {
            return;
        }

        // The same answer whether it is elsewhere or nowhere: an id is not to be tried out.
        kept = await Reader.FindAsync(Id, Context.User.PersonId(), Context.RequestAborted) ?? throw new ProblemException(ProblemKinds.NotFound);
        Trail.Read(Context, "conversation.read", $"conversation/{Id}", kept.Document.Client);
        // Whose observations stand beside it were read as well.
        foreach (var other in kept.Beside)
        {
            Trail.Read(Context, "conversation.read", $"conversation/{other.Document.Id}", kept.Document.Client);
        }

        versions = await Former.OfAsync(Id, Context.RequestAborted);
        mayCorrect = Roles.Has(Context.User.PersonRole(), Right.CorrectConversations) && await Former.FindAsync(Id, Context.User.PersonId(), Context.RequestAborted) is not null;
        document = Version is not { } number ? kept.Document
            : (mayCorrect ? await Former.VersionAsync(Id, number, Context.User.PersonId(), Context.RequestAborted) : null) ?? throw new ProblemException(ProblemKinds.NotFound);
        minutes = (int)Math.Round((document.EndedAt - document.StartedAt).TotalMinutes);
        var instrument = Catalogue.Current.Find(document.Instrument.Id, document.Instrument.Version);
        title = instrument is null ? document.Instrument.Id : L[instrument.Title];
        questions = (instrument?.Questions ?? []).ToDictionary(question => question.Id);
        sections = instrument is null ? [Section("all", title, Touched())] : [.. instrument.Sections.Select(s => Section(s.Id, L[s.Title], s.Questions)).Where(s => s.Lines.Count > 0)];
        untouched = document.Outcome == "refused" ? 0 : questions.Keys.Except(Touched()).Count();
        // Whose page this is stands first.
        comparison = kept.Beside.Count == 0 || Version is not null ? null : Comparison.Of([View(new KeptBeside(document, kept.SentBy, kept.HeldOn)), .. kept.Beside.Select(View)], [.. questions.Values], L);
        traces = instrument is null ? [] : [.. instrument.Domains.Zip(instrument.Explain(document.Answers))];
    }

    private View View(KeptBeside one) => new(
        $"/conversations/{one.Document.Id}", one.SentBy,
        $"{ConversationTexts.Relation(one.Document.Conductor.Relation, L)}, {ConversationTexts.Knows(one.Document.Conductor.KnowsClient, L)} · {L.Day(one.HeldOn)}", one.Document);

    private IEnumerable<string> Touched() =>
        document.Answers.EnumerateObject().Select(answer => answer.Name).Concat(document.Words.Keys).Concat(document.Passed.Keys).Distinct();

    private SaidSection Section(string id, string name, IEnumerable<string> asked) => new(id, name, [.. asked.Where(Touched().Contains).Select(Line)]);

    private SaidLine Line(string id)
    {
        var question = questions.GetValueOrDefault(id);
        var answer = document.Answers.TryGetProperty(id, out var given) ? ConversationTexts.Answer(question, given, L) : null;
        var isOpen = question?.Kind == AnswerKind.Text;
        return new SaidLine(
            question is null ? id : L[question.Text],
            isOpen ? null : answer,
            // An open question is answered in own words: both stand as a quote, each once.
            isOpen && answer is not null && document.Words.TryGetValue(id, out var also) && also != answer ? answer + "\n" + also : document.Words.GetValueOrDefault(id) ?? (isOpen ? answer : null),
            document.Passed.TryGetValue(id, out var passed),
            passed?.Reason,
            document.Changes.LastOrDefault(change => change.Question == id) is { } change ? Changed(question, change) : null,
            question?.WishOf is not null);
    }

    private string Points(ScoreStep step, DomainTrace trace)
    {
        var points = L[$", {L.Number(step.Score)} punten", $", {L.Number(step.Score)} points"];
        var reversed = step.Reversed ? L[" (omgekeerd geteld)", " (counted in reverse)"] : "";
        var weight = trace.Steps.Select(other => other.Weight).Distinct().Count() > 1 ? L[$", gewicht {step.Weight.ToString(L.Culture)}", $", weight {step.Weight.ToString(L.Culture)}"] : "";
        return points + reversed + weight;
    }

    // Low without a wish is no problem (N7): what the client wants stands beside the figure.
    private IEnumerable<string> WishesOf(DomainTrace trace) =>
        from question in questions.Values
        where question.WishOf is not null && trace.Steps.Any(step => step.QuestionId == question.WishOf)
        where document.Answers.TryGetProperty(question.Id, out _)
        select ConversationTexts.Answer(question, document.Answers.GetProperty(question.Id), L);

    private string Changed(Question? question, DocumentChange change)
    {
        var (from, to) = (ConversationTexts.Answer(question, change.From, L) ?? L["geen antwoord", "no answer"], ConversationTexts.Answer(question, change.To, L) ?? L["geen antwoord", "no answer"]);
        return L[$"Bij het teruglezen veranderd van ‘{from}’ naar ‘{to}’.", $"Changed at read-back from ‘{from}’ to ‘{to}’."];
    }

    private sealed record SaidSection(string Id, string Title, IReadOnlyList<SaidLine> Lines);

    private sealed record SaidLine(string Question, string? Answer, string? Words, bool Passed, string? Reason, string? Changed, bool IsWish);
}
