using ClientVoice.Outcomes;
using ClientVoice.Shell;

namespace ClientVoice.QualityReports;

/// <summary>Reads one publication into a report. What is hidden there stays hidden here: nothing is counted anew.</summary>
internal sealed class ReportMaker(IPublications publications, OutcomesReader reader, ReleasedWords released)
{
    // Short enough for a page, long enough to talk about.
    private const int MostWishes = 3;
    private const int MostQuotes = 4;

    /// <summary>The report as the newest publication has it.</summary>
    /// <returns>Null before the first publication, or where the place is not in this person's scope.</returns>
    public async Task<QualityReport?> MakeAsync(ReportHead head, ReportWords words, IReadOnlyList<ImprovementPoint> points, Guid personId, CancellationToken cancel)
    {
        if (await publications.CurrentAsync(cancel) is not { } publication
            || (await reader.PlacesAsync(publication.Number, personId, cancel)).FirstOrDefault(p => Guid.Parse(p.Id) == head.PlaceId) is not { } place)
        {
            return null;
        }

        var reading = new Reading(publication.Number, personId, head, ReportKinds.Periods(head.Kind, head.Period), await reader.LawsAsync(publication.Number, cancel));
        var groups = new List<GroupPart>();
        var lines = new List<AreaLine>();
        var notAsked = new List<LocalText>();
        foreach (var item in await GroupsAsync(reading, cancel))
        {
            var group = await GroupAsync(reading, item, words, lines, cancel);
            if (group.Asked.Count == 0)
            {
                notAsked.Add(group.Name);
            }

            // At an organisation every group has its place, at a location those that live there.
            if (group.Asked.Count > 0 || place.Kind == "organisation")
            {
                groups.Add(group);
            }
        }

        var shown = points.Select(p => PointsShown.Of(p, lines, head.Id)).ToList();
        return new QualityReport
        {
            Id = head.Id, Title = head.Title, Place = place.Nl, PlaceKind = place.Kind, Kind = head.Kind, Periods = reading.Periods,
            Source = new ReportSource(publication.Number, publication.MadeAt, publication.Sha256, publication.LeftOutMarked),
            Introduction = words[ReportWords.Introduction], Ahead = words[ReportWords.Ahead], Council = words[ReportWords.Council],
            Groups = Numbered(groups), NotAsked = notAsked,
            Promised = [.. shown.Where(s => !s.IsNew).Select(s => s.Part)], Planned = [.. shown.Where(s => s.IsNew).Select(s => s.Part)],
        };
    }

    /// <summary>The lines over time of every group and perspective: from which outcome a point can come.</summary>
    public async Task<IReadOnlyList<AreaLine>> LinesAsync(ReportHead head, Guid personId, CancellationToken cancel)
    {
        var lines = new List<AreaLine>();
        if (await publications.CurrentAsync(cancel) is { } publication)
        {
            var reading = new Reading(publication.Number, personId, head, ReportKinds.Periods(head.Kind, head.Period), await reader.LawsAsync(publication.Number, cancel));
            foreach (var item in await GroupsAsync(reading, cancel))
            {
                await GroupAsync(reading, item, ReportWords.None, lines, cancel);
            }
        }

        return lines;
    }

    // What the report is about, as far as whoever looks may see it.
    private async Task<IEnumerable<FilterItem>> GroupsAsync(Reading reading, CancellationToken cancel) =>
        (await reader.GroupsAsync(reading.Publication, reading.PersonId, cancel)).Where(g => reading.Head.Groups.Count == 0 || reading.Head.Groups.Contains(Guid.Parse(g.Id)));

    private async Task<GroupPart> GroupAsync(Reading reading, FilterItem item, ReportWords words, List<AreaLine> lines, CancellationToken cancel)
    {
        var id = Guid.Parse(item.Id);
        var name = new LocalText(item.Nl, item.En);
        var asked = new List<AskedPart>();
        var quotes = new List<ReleasedQuote>();
        var withs = await reader.AskedWithAsync(reading.Publication, id, cancel);
        var seen = new HashSet<(string, string)>();
        foreach (var with in withs)
        {
            // The newest version carries the line; an earlier one that was asked too shows its own figures.
            var isNewest = seen.Add((with.Id.Split('@')[0], with.Perspective));
            var trend = isNewest ? await TrendAsync(reading, id, with, cancel) : [];
            lines.AddRange(trend.Select(t => new AreaLine(id, name, with.Id.Split('@')[0], new LocalText(with.Nl, with.En), with.Perspective, t)));
            if (await AskedAsync(reading, id, with, trend, quotes, cancel) is { } part)
            {
                asked.Add(part);
            }
        }

        return new GroupPart
        {
            Id = id, Name = name, Law = reading.Laws.GetValueOrDefault(id, ""), Asked = asked, Views = await ViewsAsync(reading, id, withs, cancel),
            Quotes = [.. Some(quotes).Select(q => new QuotePart(0, q.About) { From = q.From, Text = q.Text })], Text = words[ReportWords.Group(id)], Heard = words[ReportWords.Heard(id)],
        };
    }

    private async Task<AskedPart?> AskedAsync(Reading reading, Guid group, FilterItem with, IReadOnlyList<TrendLine> trend, List<ReleasedQuote> quotes, CancellationToken cancel)
    {
        var took = new List<TookPart>();
        var areas = new List<AreaFigure>();
        var agreed = new List<AgreedPart>();
        IReadOnlyList<WishFigure> wishes = [];
        foreach (var period in reading.Periods)
        {
            var question = reading.Question(group, period, with);
            var answer = await reader.ReadAsync(reading.Publication, reading.PersonId, question, cancel);
            quotes.AddRange(await released.BesideAsync(reading.Publication, question, answer, reading.PersonId, cancel));
            if (answer.FollowUp is { } f)
            {
                agreed.Add(new AgreedPart(period, f.People, f.Made, f.Done, f.NotDone, f.StillOpen, f.ToldBack, f.Suppressed));
            }

            areas.AddRange(answer.Domains.Select(d => AreaOf(period, d)));
            wishes = Wishes(answer);
            if (answer.Participation is { } p)
            {
                took.Add(p.Suppressed
                    ? new TookPart(period, null, null, null, null, null, null, true)
                    : new TookPart(period, p.Invited, p.Held, p.Refused, p.Stopped, p.NotReached, Whole(100 * p.ResponseRate), false) { Anonymous = p.Anonymous, HidesAnonymous = p.AnonymousSuppressed });
            }
            else if (answer.Domains.Count > 0)
            {
                took.Add(new TookPart(period, null, null, null, null, null, null, true));
            }
        }

        if (took.Count == 0)
        {
            return null;
        }

        var last = areas.Where(a => a.Period == reading.Periods[^1] && a.Mean is not null).ToList();
        var differ = last.Count > 1 && last.Max(a => a.Mean) > last.Min(a => a.Mean);
        return new AskedPart
        {
            Instrument = with.Id, Title = new LocalText(with.Nl, with.En), Perspective = with.Perspective, TookPart = took, Areas = areas, Wishes = wishes, Agreed = agreed,
            Highest = differ ? last.MaxBy(a => a.Mean) : null, Lowest = differ ? last.MinBy(a => a.Mean) : null,
            Changes = [.. trend.Select(ChangeOf).OfType<AreaChange>()],
        };
    }

    // Until the end of the report, whatever came after it.
    private async Task<IReadOnlyList<TrendLine>> TrendAsync(Reading reading, Guid group, FilterItem with, CancellationToken cancel)
    {
        var lines = await reader.OverTimeAsync(reading.Publication, reading.PersonId, reading.Question(group, reading.Periods[^1], with), ReportKinds.TrendKind(reading.Head.Kind), cancel);
        return [.. lines
            .Select(l => l with { Moments = [.. l.Moments.Where(m => string.CompareOrdinal(m.PeriodId, reading.LastMoment) <= 0)] })
            .Where(l => l.Moments.Count > 0)];
    }

    private async Task<IReadOnlyList<ViewFigure>> ViewsAsync(Reading reading, Guid group, IReadOnlyList<FilterItem> withs, CancellationToken cancel)
    {
        if (withs.Count == 0)
        {
            return [];
        }

        var rows = await reader.SideBySideAsync(reading.Publication, reading.PersonId, reading.Question(group, reading.Periods[^1], withs[0]), cancel);
        return rows.Select(r => r.Perspective).Distinct().Count() < 2
            ? []
            : [.. rows.Select(r => new ViewFigure(
                r.Code, new LocalText(r.TextNl, r.TextEn), withs.FirstOrDefault(w => w.Id == r.InstrumentId) is { } w ? new LocalText(w.Nl, w.En) : new LocalText(r.InstrumentId, null), r.Perspective,
                Whole(r.Mean), Whole(r.IntervalLow), Whole(r.IntervalHigh), r.Respondents, r.SuppressionReason))];
    }

    // A few, about as many different questions as there can be, in the order of the questions.
    private static IEnumerable<ReleasedQuote> Some(List<ReleasedQuote> quotes)
    {
        var chosen = quotes.GroupBy(q => q.About).SelectMany(g => g.Select((q, turn) => (q, turn))).OrderBy(x => x.turn).Take(MostQuotes).Select(x => x.q).ToHashSet();
        return quotes.Where(chosen.Contains);
    }

    private static List<GroupPart> Numbered(IEnumerable<GroupPart> groups)
    {
        var next = 0;
        return [.. groups.Select(g => g with { Quotes = [.. g.Quotes.Select(q => q with { Position = next++ })] })];
    }

    private static IReadOnlyList<WishFigure> Wishes(OutcomeAnswer answer) =>
    [
        .. answer.Questions.Values
            .Where(q => q is { Suppressed: false, Respondents: not null, NotGood: not null, NotGoodWantChange: not null, WantChange: > 0 })
            .OrderByDescending(q => q.WantChange).Take(MostWishes)
            .Select(q => new WishFigure(new LocalText(q.TextNl, q.TextEn), q.Respondents!.Value, q.NotGood!.Value, q.WantChange!.Value, q.NotGoodWantChange!.Value)),
    ];

    private static AreaChange? ChangeOf(TrendLine line) => line is { LastTwo: var (earlier, later), Change: { } verdict }
        ? new AreaChange(
            new LocalText(line.TextNl, line.TextEn), earlier.PeriodId, later.PeriodId, Whole(earlier.Mean)!.Value, Whole(later.Mean)!.Value,
            earlier.Respondents!.Value, later.Respondents!.Value, verdict, later.Mean > earlier.Mean)
        : null;

    private static AreaFigure AreaOf(string period, OutcomeRow row) => new(
        period, AreaLine.CodeOf(row.MeasureId), new LocalText(row.TextNl, row.TextEn), Whole(row.Mean), Whole(row.IntervalLow), Whole(row.IntervalHigh),
        row.Suppressed ? null : row.Respondents, row.Suppressed ? row.SuppressionReason ?? "" : null);

    /// <summary>Whole points: more would promise what a conversation cannot give.</summary>
    internal static int? Whole(double? figure) => figure is { } f ? (int)Math.Round(f, MidpointRounding.AwayFromZero) : null;

    private sealed record Reading(int Publication, Guid PersonId, ReportHead Head, IReadOnlyList<string> Periods, IReadOnlyDictionary<Guid, string> Laws)
    {
        /// <summary>The last period of the lines over time: of three years the third.</summary>
        public string LastMoment => Head.Kind == ReportKinds.ThreeYears ? Periods[^1][^4..] : Periods[^1];

        public OutcomeQuestion Question(Guid group, string period, FilterItem with) => new(group, Head.PlaceId, period, with.Id, with.Perspective);
    }
}
