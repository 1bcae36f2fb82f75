// What became of the demo's agreements, and last year's quality report: what a quality officer comes for is there to be seen.
using ClientVoice.Access;
using ClientVoice.Conversations;
using ClientVoice.Conversations.Quotes;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Outcomes;
using ClientVoice.QualityReports;
using Dapper;

namespace ClientVoice.Commands;

internal sealed class DemoFollowUp(
    IDatabase database, Secrets secrets, IPublications publications, OutcomesReader reader, QuoteStore quotes, ICatalogue catalogue, ReportStore reports, PointStore points, ReportMaker maker, TimeProvider time)
{
    private const int QuotesInAGroup = 2;

    /// <summary>Follows most agreements up whose day has come, some of them without result, and tells most clients.</summary>
    /// <param name="random">Of its own: what came before stays as it was for a seed.</param>
    public async Task AgreementsAsync(IEnumerable<CheckedConversation> conversations, DemoRandom random, CancellationToken cancel)
    {
        var today = time.GetUtcNow();
        var all = conversations.ToList();
        var about = await secrets.ForAsync(all.Select(c => c.Document.Client), cancel);
        var rows = (from c in all
                    from a in c.Document.Agreements
                    where a.On is not null
                    let closed = new DateTimeOffset(a.On!.Value.ToDateTime(new TimeOnly(10, 0)), TimeSpan.Zero).AddDays(random.Below(20) - 10)
                    let fate = random.Below(100)
                    let told = closed.AddDays(1 + random.Below(14))
                    where closed < today && fate < 86
                    select new
                    {
                        a.Id,
                        DoneAt = fate < 70 ? closed : (DateTimeOffset?)null,
                        NotDoneAt = fate >= 70 ? closed : (DateTimeOffset?)null,
                        Reason = fate >= 70 ? about[c.Document.Client].Protect(SecretKind.Words, random.Of(DemoTexts.NotDone)) : null,
                        ToldAt = told < today && fate % 5 != 0 ? told : (DateTimeOffset?)null,
                        How = told < today && fate % 5 != 0 ? random.Of(DemoTexts.ToldHow) : null,
                        By = told < today && fate % 5 != 0 ? c.PersonId : (Guid?)null,
                    }).ToList();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE Agreement SET DoneAt = @DoneAt, NotDoneAt = @NotDoneAt, NotDoneReasonSecret = @Reason, ToldBackAt = @ToldAt, ToldBackHow = @How, ToldBackBy = @By WHERE Id = @Id", rows, transaction, cancellationToken: cancel));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Freezes a report of last year with a promise, and begins this year's. Nothing where last year has no figures.</summary>
    public async Task ReportsAsync(CancellationToken cancel)
    {
        var (organisation, officer) = await WhoseAsync(cancel);
        var year = time.GetLocalNow().Year;
        if (await publications.CurrentAsync(cancel) is not { } publication || (await reader.PeriodsAsync(publication.Number, cancel)).All(p => p.Id != $"{year - 1}"))
        {
            return;
        }

        await QuotesAsync(publication.Number, organisation, officer, $"{year - 1}", cancel);
        var last = await BeginAsync(organisation, officer, $"{year - 1}", cancel);
        foreach (var (part, text) in DemoTexts.Report)
        {
            await reports.WriteAsync(last.Id, part, text, 0, officer, cancel);
        }

        var line = (await maker.LinesAsync(last, officer, cancel)).Where(l => l.Last?.PeriodId == last.Period).MinBy(l => l.Last!.Mean);
        var from = line is null ? null : new PointSource(line.Group, line.Instrument, line.Perspective, line.Area, ReportMaker.Whole(line.Last!.Mean), line.Last.PeriodId);
        await points.AddAsync(last, DemoTexts.Promise, from, from?.Mean + 8, new DateOnly(year, 10, 1), cancel);
        var texts = await reports.WordsAsync(last.Id, cancel);
        if (await maker.MakeAsync(last, texts, await points.OfReportAsync(last, cancel), officer, cancel) is { } report)
        {
            await reports.FreezeAsync(last.Id, report, officer, cancel);
        }

        await BeginAsync(organisation, officer, $"{year}", cancel);
    }

    private async Task<(Guid Organisation, Guid Officer)> WhoseAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (
            await connection.ExecuteScalarAsync<Guid>(new CommandDefinition("SELECT Id FROM Place WHERE Kind = 'organisation'", cancellationToken: cancel)),
            await connection.ExecuteScalarAsync<Guid>(new CommandDefinition("SELECT Id FROM Person WHERE Role = @role", new { role = Roles.QualityOfficer }, cancellationToken: cancel)));
    }

    private async Task<ReportHead> BeginAsync(Guid organisation, Guid officer, string period, CancellationToken cancel) =>
        (await reports.FindAsync(await reports.BeginAsync(organisation, ReportKinds.Year, period, $"Kwaliteitsbeeld {period}", officer, cancel), officer, true, cancel))!;

    private async Task QuotesAsync(int publication, Guid organisation, Guid officer, string period, CancellationToken cancel)
    {
        foreach (var group in await reader.GroupsAsync(publication, officer, cancel))
        {
            foreach (var with in await reader.AskedWithAsync(publication, Guid.Parse(group.Id), cancel))
            {
                var question = new OutcomeQuestion(Guid.Parse(group.Id), organisation, period, with.Id, with.Perspective);
                var answer = await reader.ReadAsync(publication, officer, question, cancel);
                if (await reader.WordsBesideAsync(publication, question, answer, catalogue, cancel) is { } words)
                {
                    foreach (var quote in (await quotes.AllAsync(words, officer, cancel)).DistinctBy(q => q.Text).Take(QuotesInAGroup))
                    {
                        await quotes.DecideAsync(quote, quote.Text, officer, cancel);
                    }
                }
            }
        }
    }
}
