using ClientVoice.Access;
using ClientVoice.Feed.Batch;
using ClientVoice.Feed.Request;
using ClientVoice.Problems;
using ClientVoice.Shell;
using Microsoft.AspNetCore.Components;

namespace ClientVoice.Feed.Pages;

/// <summary>Lets an officer ask the feed something and see the answer, without a key and without a tool.</summary>
public partial class FeedTryPage
{
    private static readonly (LocalText Text, string Query)[] Examples =
    [
        (new("Hoogste gemiddelden per thema", "Highest means by theme"), "Outcomes?$filter=Suppressed eq false and Measure/Kind eq 'domain' and Period/Kind eq 'year'&$orderby=Mean desc&$top=10&$expand=Measure($select=TextNl),Place($select=Name)&$select=Mean,Respondents&$count=true"),
        (new("Gemiddelde over alle locaties samen", "Mean over all locations together"), "Outcomes?$apply=filter(Place/Kind eq 'location' and Period/Kind eq 'year' and Measure/Kind eq 'domain')/groupby((Measure/TextNl,MeasureId,Perspective),aggregate(ScoreSum with sum as Scores,Respondents with sum as People))/compute(Scores div People as MeanOfPeople)"),
        (new("Hoeveel cellen zijn verborgen, en waarom", "How many cells are hidden, and why"), "Outcomes?$apply=groupby((Suppressed,SuppressionReason),aggregate($count as Cells))"),
        (new("Respons per plaats", "Response rate by place"), "Participation?$filter=Period/Kind eq 'year'&$expand=Place($select=Name),ClientGroup($select=NameNl)&$select=Invited,Held,ResponseRate&$orderby=ResponseRate"),
        (new("Plaatsen met een thema onder de 50", "Places with a theme below 50"), "Places?$filter=Outcomes/any(o:o/Mean lt 50 and o/Measure/Kind eq 'domain')&$select=Name,Kind"),
        (new("Zoek op een woord", "Search for a word"), "Measures?$search=thuis OR wonen&$select=TextNl,Kind"),
    ];

    private IReadOnlyList<FeedPlace> places = [];
    private Guid chosen;
    private string query = Examples[0].Query;
    private TriedQuery? result;

    [CascadingParameter]
    private HttpContext Context { get; set; } = default!;

    [Inject]
    private StaffStore Staff { get; set; } = default!;

    [Inject]
    private FeedPlaces Places { get; set; } = default!;

    [Inject]
    private FeedEndpoint Feed { get; set; } = default!;

    [Inject]
    private FeedRate Rate { get; set; } = default!;

    [Inject]
    private FeedTrail Trail { get; set; } = default!;

    [Inject]
    private ILogger<FeedTryPage> Log { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "query")]
    private string? Asked { get; set; }

    [SupplyParameterFromQuery(Name = "place")]
    private Guid? Place { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        places = await Places.OfAsync(Context.User.PersonId(), Context.RequestAborted);
        if (places.Count == 0)
        {
            return;
        }

        chosen = places.FirstOrDefault(p => p.Id == Place)?.Id ?? places[0].Id;
        if (!string.IsNullOrWhiteSpace(Asked))
        {
            // Lines and spaces may be put in to read it better; in an address they mean nothing.
            query = string.Join("", Asked.Split('\n', StringSplitOptions.TrimEntries));
            result = await AskAsync(new FeedReader(Context.User.PersonId(), "", [chosen], IsPerson: true) { Groups = [.. await Staff.GroupsOfAsync(Context.User.PersonId(), Context.RequestAborted)] });
        }
    }

    private async Task<TriedQuery> AskAsync(FeedReader reader)
    {
        var address = FeedFiles.Address(Context.Request) + query.TrimStart('/');
        var headers = new Dictionary<string, string> { ["Accept"] = "application/json", ["Prefer"] = "odata.maxpagesize=50" };
        var item = new BatchItem(null, "GET", address, headers, []);
        try
        {
            Rate.Take(reader, 1);
        }
        catch (ProblemException problem)
        {
            return TriedQuery.Refused(address, problem);
        }

        var answer = await BatchRunner.RunAsync(Context, reader, item, Feed.AnswerAsync, Log);
        Trail.Read(Context, reader, BatchRunner.PathOf(Context, item), BatchRunner.ResultOf(answer));
        return TriedQuery.Read(address, answer);
    }

    private string AddressOf(string text)
    {
        var root = FeedFiles.Address(Context.Request);
        var bare = text.StartsWith(root, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(text[root.Length..]) : text;
        return $"/feed/try?place={chosen}&query={Uri.EscapeDataString(bare)}";
    }
}
