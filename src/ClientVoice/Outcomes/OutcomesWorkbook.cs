using ClientVoice.Shell;
using ClientVoice.Shell.Sheets;

namespace ClientVoice.Outcomes;

/// <summary>One selection of outcomes as a workbook: participation, areas of life, answers, agreements, released words. No arithmetic of its own.</summary>
internal static class OutcomesWorkbook
{
    public static async Task WriteAsync(Stream stream, OutcomeSelection selection, OutcomeAnswer answer, IReadOnlyList<ReleasedQuote> words, Language l)
    {
        await using var book = new Workbook(stream);
        await AboutAsync(book, selection, answer.Participation, l);
        await DomainsAsync(book, answer, l);
        await AnswersAsync(book, answer, l);
        await FollowUpAsync(book, answer.FollowUp, l);
        if (words.Count > 0)
        {
            await WordsAsync(book, words, l);
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
