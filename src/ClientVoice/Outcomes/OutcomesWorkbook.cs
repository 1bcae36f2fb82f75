using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Outcomes;

/// <summary>What stands on the page beside the answer itself.</summary>
/// <param name="Trend">All periods, also those for which the page has no room.</param>
/// <param name="Views">The shared areas of life through several eyes.</param>
internal sealed record OutcomesBeside(IReadOnlyList<TrendLine> Trend, IReadOnlyList<OutcomeRow> Views, IReadOnlyList<ReleasedQuote> Words);

/// <summary>One selection of outcomes as a workbook: every table of the page. No arithmetic of its own.</summary>
internal static class OutcomesWorkbook
{
    public static async Task WriteAsync(Stream stream, OutcomeSelection selection, OutcomeAnswer answer, OutcomesBeside beside, Language l)
    {
        await using var book = new Workbook(stream);
        await AboutAsync(book, selection, answer.Participation, l);
        await DomainsAsync(book, answer, l);
        await TrendAsync(book, beside.Trend, l);
        await ViewsAsync(book, selection, beside.Views, l);
        await AnswersAsync(book, answer, l);
        await FollowUpAsync(book, answer.FollowUp, l);
        if (beside.Words.Count > 0)
        {
            await WordsAsync(book, beside.Words, l);
        }
    }

    private static async Task TrendAsync(Workbook book, IReadOnlyList<TrendLine> lines, Language l)
    {
        await using var sheet = book.Sheet(
            l["Door de tijd", "Over time"],
            [
                new(l["Levensgebied", "Area"], CellType.Text, 36), new(l["Versie", "Version"], CellType.Text), new(l["Periode", "Period"], CellType.Text, 24),
                new(l["Gemiddelde (0-100)", "Mean (0-100)"], CellType.Number), new(l["Interval, onder", "Interval, low"], CellType.Number), new(l["Interval, boven", "Interval, high"], CellType.Number),
                new(l["Mensen", "People"], CellType.Whole), new(l["Opmerking", "Remark"], CellType.Text, 50),
            ]);
        foreach (var (line, moment) in lines.SelectMany(line => line.Moments.Select(moment => (line, moment))))
        {
            sheet.Row(
                l[line.TextNl, line.TextEn], moment.Version, OutcomeTexts.Period(moment.PeriodId, l), moment.Mean, moment.IntervalLow, moment.IntervalHigh, moment.Respondents,
                moment.Suppressed ? OutcomeTexts.Hidden(moment.SuppressionReason, l)
                    : line.Breaks && moment == line.Moments[0] ? l["Een nieuwe versie: niet te vergelijken met eerder.", "A new version: not comparable with before."] : null);
        }
    }

    private static async Task ViewsAsync(Workbook book, OutcomeSelection selection, IReadOnlyList<OutcomeRow> rows, Language l)
    {
        await using var sheet = book.Sheet(
            l["Perspectieven", "Perspectives"],
            [
                new(l["Levensgebied", "Area"], CellType.Text, 36), new(l["Instrument", "Instrument"], CellType.Text, 30), new(l["Perspectief", "Perspective"], CellType.Text),
                new(l["Gemiddelde (0-100)", "Mean (0-100)"], CellType.Number), new(l["Interval, onder", "Interval, low"], CellType.Number), new(l["Interval, boven", "Interval, high"], CellType.Number),
                new(l["Mensen", "People"], CellType.Whole), new(l["Opmerking", "Remark"], CellType.Text, 50),
            ]);
        foreach (var row in rows)
        {
            sheet.Row(
                l[row.TextNl, row.TextEn], selection.TitleOf(row.InstrumentId, l), OutcomeTexts.Perspective(row.Perspective, l), row.Mean, row.IntervalLow, row.IntervalHigh, row.Respondents,
                row.Suppressed ? OutcomeTexts.Hidden(row.SuppressionReason, l) : null);
        }
    }

    private static async Task FollowUpAsync(Workbook book, FollowUpRow? row, Language l)
    {
        await using var sheet = book.Sheet(
            l["Afspraken", "Agreements"],
            [
                new(l["Mensen", "People"], CellType.Whole), new(l["Gemaakt", "Made"], CellType.Whole), new(l["Gedaan", "Done"], CellType.Whole), new(l["Niet gedaan", "Not done"], CellType.Whole),
                new(l["Nog open", "Still open"], CellType.Whole), new(l["Terugverteld", "Told back"], CellType.Whole), new(l["Opmerking", "Remark"], CellType.Text, 50),
            ]);
        sheet.Row(
            row?.People, row?.Made, row?.Done, row?.NotDone, row?.StillOpen, row?.ToldBack,
            row is null ? l["geen afspraken gemaakt", "no agreements made"] : row.Suppressed ? OutcomeTexts.Hidden(row.SuppressionReason, l) : null);
    }

    private static async Task WordsAsync(Workbook book, IReadOnlyList<ReleasedQuote> words, Language l)
    {
        await using var sheet = book.Sheet(l["Eigen woorden", "Own words"], [new(l["Bij de vraag", "At the question"], CellType.Text, 50), new(l["Woorden", "Words"], CellType.Text, 90)]);
        foreach (var said in words)
        {
            sheet.Row(l[said.About], said.Text);
        }
    }

    private static async Task AboutAsync(Workbook book, OutcomeSelection selection, ParticipationRow? part, Language l)
    {
        var question = selection.Question!;
        await using var sheet = book.Sheet(
            l["Deelname", "Participation"],
            [
                new(l["Cliëntgroep", "Client group"], CellType.Text), new(l["Plaats", "Place"], CellType.Text), new(l["Periode", "Period"], CellType.Text),
                new(l["Instrument", "Instrument"], CellType.Text), new(l["Perspectief", "Perspective"], CellType.Text), new(l["Gevraagd", "Invited"], CellType.Whole),
                new(l["Gehouden", "Held"], CellType.Whole), new(l["Waarvan zonder naam", "Of which without a name"], CellType.Whole), new(l["Geweigerd", "Refused"], CellType.Whole), new(l["Gestopt", "Stopped"], CellType.Whole),
                new(l["Respons (0-1)", "Response (0-1)"], CellType.Number), new(l["Publicatie", "Publication"], CellType.Whole), new(l["Opmerking", "Remark"], CellType.Text),
            ]);
        var group = selection.Groups.Single(g => Guid.Parse(g.Id) == question.Group);
        sheet.Row(
            l[group.Nl, group.En], selection.Places.Single(p => Guid.Parse(p.Id) == question.Place).Nl, OutcomeTexts.Period(question.Period, l),
            question.Instrument, OutcomeTexts.Perspective(question.Perspective, l), part?.Invited, part?.Held, part?.Anonymous, part?.Refused, part?.Stopped, part?.ResponseRate,
            selection.Publication.Number, part is null or { Suppressed: true } ? OutcomeTexts.Hidden(HiddenBecause.FewPeople, l)
                : part.AnonymousSuppressed ? l["Zonder naam: verborgen, te weinig mensen met of zonder naam", "Without a name: hidden, too few people with or without one"] : null);
    }

    private static async Task DomainsAsync(Workbook book, OutcomeAnswer answer, Language l)
    {
        await using var sheet = book.Sheet(
            l["Levensgebieden", "Areas of life"],
            [
                new(l["Levensgebied", "Area"], CellType.Text, 36), new(l["Gemiddelde (0-100)", "Mean (0-100)"], CellType.Number), new(l["Interval, onder", "Interval, low"], CellType.Number),
                new(l["Interval, boven", "Interval, high"], CellType.Number), new(l["Standaardafwijking", "Standard deviation"], CellType.Number),
                new(l["Mensen", "People"], CellType.Whole), new(l["Opmerking", "Remark"], CellType.Text, 50),
            ]);
        foreach (var row in answer.Domains)
        {
            sheet.Row(
                l[row.TextNl, row.TextEn], row.Mean, row.IntervalLow, row.IntervalHigh, row.StandardDeviation, row.Respondents,
                row.Suppressed ? OutcomeTexts.Hidden(row.SuppressionReason, l) : null);
        }
    }

    private static async Task AnswersAsync(Workbook book, OutcomeAnswer answer, Language l)
    {
        await using var sheet = book.Sheet(
            l["Antwoorden", "Answers"],
            [
                new(l["Vraag", "Question"], CellType.Text, 50), new(l["Antwoord", "Answer"], CellType.Text, 24), new(l["Mensen", "People"], CellType.Whole),
                new(l["Aandeel (0-1)", "Share (0-1)"], CellType.Number), new(l["Opmerking", "Remark"], CellType.Text, 50),
            ]);
        foreach (var option in answer.Distributions.SelectMany(d => d))
        {
            sheet.Row(
                l[option.TextNl, option.TextEn], l[option.OptionTextNl, option.OptionTextEn], option.People, option.Share,
                option.Suppressed ? OutcomeTexts.Hidden(option.SuppressionReason, l) : null);
        }
    }
}
