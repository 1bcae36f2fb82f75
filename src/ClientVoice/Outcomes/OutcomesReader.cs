using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Conversations.Quotes;
using ClientVoice.Database;
using ClientVoice.Instruments;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>Which outcomes are asked for.</summary>
internal sealed record OutcomeQuestion(Guid Group, Guid Place, string Period, string Instrument, string Perspective);

/// <summary>A thing to choose in the filter.</summary>
internal sealed record FilterItem
{
    public string Id { get; init; } = "";

    public string Nl { get; init; } = "";

    public string En { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Perspective { get; init; } = "";
}

/// <summary>A published outcome with the text of its measure.</summary>
internal sealed record OutcomeRow
{
    public string MeasureId { get; init; } = "";

    public string Kind { get; init; } = "";

    public string TextNl { get; init; } = "";

    public string TextEn { get; init; } = "";

    public int? Respondents { get; init; }

    public double? Mean { get; init; }

    public double? StandardDeviation { get; init; }

    public double? IntervalLow { get; init; }

    public double? IntervalHigh { get; init; }

    public int? PassedOver { get; init; }

    public int? NotGood { get; init; }

    public int? WantChange { get; init; }

    public int? NotGoodWantChange { get; init; }

    /// <summary>The publication since which the figures stand as they are; null where they are hidden.</summary>
    public int? FiguresOf { get; init; }

    /// <summary>For the comparison of perspectives: which instrument and whose view.</summary>
    public string InstrumentId { get; init; } = "";

    public string Perspective { get; init; } = "";

    public string Code { get; init; } = "";

    public bool Suppressed { get; init; }

    public string? SuppressionReason { get; init; }
}

/// <summary>How many chose an option.</summary>
internal sealed record DistributionRow
{
    public string MeasureId { get; init; } = "";

    /// <summary>The question's id in its instrument.</summary>
    public string Code { get; init; } = "";

    /// <summary>For a wish: the question it is about.</summary>
    public string? WishOf { get; init; }

    public string TextNl { get; init; } = "";

    public string TextEn { get; init; } = "";

    public string OptionTextNl { get; init; } = "";

    public string OptionTextEn { get; init; } = "";

    public int Position { get; init; }

    public int? People { get; init; }

    public double? Share { get; init; }

    public bool Suppressed { get; init; }

    public string? SuppressionReason { get; init; }
}

/// <summary>Who was asked and who took part.</summary>
internal sealed record ParticipationRow
{
    public int? Invited { get; init; }

    public int? Held { get; init; }

    /// <summary>Of those held: without a name; null where that is hidden.</summary>
    public int? Anonymous { get; init; }

    public bool AnonymousSuppressed { get; init; }

    public int? Refused { get; init; }

    public int? Stopped { get; init; }

    public int? NotReached { get; init; }

    public int? Marked { get; init; }

    public double? ResponseRate { get; init; }

    public bool Suppressed { get; init; }
}

/// <summary>What became of agreements.</summary>
internal sealed record FollowUpRow
{
    /// <summary>With at least one agreement.</summary>
    public int? People { get; init; }

    public int? Made { get; init; }

    public int? Done { get; init; }

    public int? NotDone { get; init; }

    public int? StillOpen { get; init; }

    public int? ToldBack { get; init; }

    public bool Suppressed { get; init; }

    public string? SuppressionReason { get; init; }
}

/// <summary>One answer to an <see cref="OutcomeQuestion"/>.</summary>
/// <param name="Questions">The figures of each question that has scores, by its measure.</param>
/// <param name="FollowUp">Of the agreements; null where none were made.</param>
internal sealed record OutcomeAnswer(
    IReadOnlyList<OutcomeRow> Domains, IReadOnlyList<IReadOnlyList<DistributionRow>> Distributions, ParticipationRow? Participation, IReadOnlyDictionary<string, OutcomeRow> Questions,
    FollowUpRow? FollowUp);

/// <summary>Reads publications for pages and downloads, within a person's scope.</summary>
internal sealed class OutcomesReader(IDatabase database)
{
    // A row of a group outside the scope is absent, and no row is of several groups: so there is no total from which one could be taken.
    private static readonly string Seen = $"o.PlaceId IN {ScopeSql.Places("@personId")} AND {ScopeSql.Group("o.ClientGroupId", "@personId")}";

    private const string Cell =
        "o.Publication = @publication AND o.ClientGroupId = @Group AND o.PlaceId = @Place AND o.PeriodId = @Period AND o.InstrumentId = @Instrument AND o.Perspective = @Perspective";

    /// <summary>The groups of a publication that are in scope.</summary>
    public Task<IReadOnlyList<FilterItem>> GroupsAsync(int publication, Guid personId, CancellationToken cancel) => ItemsAsync(
        $"SELECT CAST(g.Id AS varchar(36)) AS Id, g.NameNl AS Nl, g.NameEn AS En, g.Code AS Kind FROM PublishedClientGroup g WHERE g.Publication = @publication AND {ScopeSql.Group("g.Id", "@personId")} ORDER BY g.NameNl",
        new { publication, personId }, cancel);

    /// <summary>The law under which each group receives support.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> LawsAsync(int publication, CancellationToken cancel) => (await ItemsAsync(
        "SELECT CAST(Id AS varchar(36)) AS Id, Law AS Nl FROM PublishedClientGroup WHERE Publication = @publication", new { publication }, cancel)).ToDictionary(i => Guid.Parse(i.Id), i => i.Nl);

    /// <summary>The places in scope, larger before smaller.</summary>
    public Task<IReadOnlyList<FilterItem>> PlacesAsync(int publication, Guid personId, CancellationToken cancel) => ItemsAsync(
        $"""
        SELECT CAST(p.Id AS varchar(36)) AS Id, p.Name AS Nl, p.Name AS En, p.Kind FROM PublishedPlace p
        WHERE p.Publication = @publication AND p.Id IN {ScopeSql.Places("@personId")}
        ORDER BY (SELECT COUNT(*) FROM PlaceTree a WHERE a.DescendantId = p.Id), p.Name
        """,
        new { publication, personId }, cancel);

    /// <summary>The periods, newest first, years before their quarters.</summary>
    public Task<IReadOnlyList<FilterItem>> PeriodsAsync(int publication, CancellationToken cancel) => ItemsAsync(
        "SELECT Id, Id AS Nl, Id AS En, Kind FROM PublishedPeriod WHERE Publication = @publication ORDER BY UntilOn DESC, FromOn", new { publication }, cancel);

    /// <summary>With what a group was asked: instrument versions and perspectives that have outcomes, newest version first.</summary>
    public Task<IReadOnlyList<FilterItem>> AskedWithAsync(int publication, Guid group, CancellationToken cancel) => ItemsAsync(
        """
        SELECT i.Id, i.TitleNl AS Nl, i.TitleEn AS En, i.Version AS Kind, o.Perspective
        FROM PublishedInstrument i
        JOIN (SELECT DISTINCT InstrumentId, Perspective FROM PublishedParticipation WHERE Publication = @publication AND ClientGroupId = @group) o ON o.InstrumentId = i.Id
        WHERE i.Publication = @publication
        ORDER BY i.TitleNl, i.Version DESC, o.Perspective
        """,
        new { publication, group }, cancel);

    /// <summary>The outcomes that were asked for; empty where the place or the group is not in scope.</summary>
    public async Task<OutcomeAnswer> ReadAsync(int publication, Guid personId, OutcomeQuestion question, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var values = new { publication, personId, question.Group, question.Place, question.Period, question.Instrument, question.Perspective };
        var outcomes = await RowsAsync<OutcomeRow>(connection, "PublishedOutcome", "o.MeasureId, m.Kind, m.TextNl, m.TextEn, o.Respondents, o.Mean, o.StandardDeviation, o.IntervalLow, o.IntervalHigh, o.PassedOver, o.NotGood, o.WantChange, o.NotGoodWantChange, o.FiguresOf, o.Suppressed, o.SuppressionReason", "m.Position", values, cancel);
        var options = await RowsAsync<DistributionRow>(connection, "PublishedDistribution", "o.MeasureId, m.Code, m.WishOf, m.TextNl, m.TextEn, o.OptionTextNl, o.OptionTextEn, o.Position, o.People, o.Share, o.Suppressed, o.SuppressionReason", "m.Position, o.Position", values, cancel);
        var participation = await connection.QueryFirstOrDefaultAsync<ParticipationRow>(new CommandDefinition(
            $"SELECT o.Invited, o.Held, o.Anonymous, o.AnonymousSuppressed, o.Refused, o.Stopped, o.NotReached, o.Marked, o.ResponseRate, o.Suppressed FROM PublishedParticipation o WHERE {Cell} AND {Seen}", values, cancellationToken: cancel));
        var followUp = await connection.QueryFirstOrDefaultAsync<FollowUpRow>(new CommandDefinition(
            $"SELECT o.People, o.Made, o.Done, o.NotDone, o.StillOpen, o.ToldBack, o.Suppressed, o.SuppressionReason FROM PublishedFollowUp o WHERE {Cell} AND {Seen}", values, cancellationToken: cancel));
        return new OutcomeAnswer(
            [.. outcomes.Where(o => o.Kind == "domain")],
            [.. options.GroupBy(o => o.MeasureId).Select(g => (IReadOnlyList<DistributionRow>)[.. g])],
            participation,
            outcomes.Where(o => o.Kind == MeasureKinds.Question).ToDictionary(o => o.MeasureId),
            followUp);
    }

    /// <summary>The areas of life over all periods of one kind, over every version of the instrument.</summary>
    public async Task<IReadOnlyList<TrendLine>> OverTimeAsync(int publication, Guid personId, OutcomeQuestion question, string periodKind, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var rows = await connection.QueryAsync<MomentRow>(new CommandDefinition(
            $"""
            SELECT o.MeasureId, m.ContinuesId, m.TextNl, m.TextEn, i.Version, m.Position, o.PeriodId, p.FromOn, o.Respondents, o.Mean, o.StandardDeviation, o.IntervalLow, o.IntervalHigh, o.Suppressed, o.SuppressionReason
            FROM PublishedOutcome o
            JOIN PublishedMeasure m ON m.Publication = o.Publication AND m.Id = o.MeasureId
            JOIN PublishedPeriod p ON p.Publication = o.Publication AND p.Id = o.PeriodId
            JOIN PublishedInstrument i ON i.Publication = o.Publication AND i.Id = o.InstrumentId
            WHERE o.Publication = @publication AND o.ClientGroupId = @Group AND o.PlaceId = @Place AND o.Perspective = @Perspective AND m.Kind = 'domain' AND p.Kind = @periodKind
              AND i.InstrumentId = (SELECT asked.InstrumentId FROM PublishedInstrument asked WHERE asked.Publication = @publication AND asked.Id = @Instrument)
              AND {Seen}
            """,
            new { publication, personId, periodKind, question.Group, question.Place, question.Perspective, question.Instrument }, cancellationToken: cancel));
        return OverTime.Lines([.. rows]);
    }

    /// <summary>The shared areas of life as each instrument and each perspective has them; never added up.</summary>
    public async Task<IReadOnlyList<OutcomeRow>> SideBySideAsync(int publication, Guid personId, OutcomeQuestion question, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<OutcomeRow>(new CommandDefinition(
            $"""
            SELECT o.MeasureId, m.Kind, m.Code, m.TextNl, m.TextEn, o.InstrumentId, o.Perspective, o.Respondents, o.Mean, o.StandardDeviation, o.IntervalLow, o.IntervalHigh, o.Suppressed, o.SuppressionReason
            FROM PublishedOutcome o
            JOIN PublishedMeasure m ON m.Publication = o.Publication AND m.Id = o.MeasureId
            WHERE o.Publication = @publication AND o.ClientGroupId = @Group AND o.PlaceId = @Place AND o.PeriodId = @Period AND m.Kind = 'shared' AND {Seen}
            ORDER BY o.InstrumentId, o.Perspective, m.Position
            """,
            new { publication, personId, question.Group, question.Place, question.Period }, cancellationToken: cancel))];
    }

    /// <summary>Whose own words belong beside an answer: only at questions of which the figures are shown.</summary>
    public async Task<QuoteQuestion?> WordsBesideAsync(int publication, OutcomeQuestion question, OutcomeAnswer answer, ICatalogue catalogue, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var about = await connection.QuerySingleOrDefaultAsync<(DateOnly From, DateOnly Until, string InstrumentId, string Version)>(new CommandDefinition(
            """
            SELECT p.FromOn, p.UntilOn, i.InstrumentId, i.Version FROM PublishedPeriod p
            JOIN PublishedInstrument i ON i.Publication = p.Publication AND i.Id = @Instrument
            WHERE p.Publication = @publication AND p.Id = @Period
            """,
            new { publication, question.Instrument, question.Period }, cancellationToken: cancel));
        if (about.InstrumentId is null || catalogue.Current.Find(about.InstrumentId, about.Version) is not { } instrument)
        {
            return null;
        }

        var shown = answer.Distributions.Where(options => options.All(o => !o.Suppressed)).Select(options => options[0].Code).ToHashSet();
        if (answer.Participation is { Suppressed: false })
        {
            // Questions without options have no figures of their own: those of taking part say how many there are.
            shown.UnionWith(instrument.Questions.Where(q => q.Options.Count == 0).Select(q => q.Id));
        }

        return new QuoteQuestion(question.Group, question.Place, about.From, about.Until, about.InstrumentId, about.Version, question.Perspective, shown);
    }

    private static async Task<IReadOnlyList<T>> RowsAsync<T>(DbConnection connection, string table, string columns, string order, object values, CancellationToken cancel) =>
        [.. await connection.QueryAsync<T>(new CommandDefinition(
            $"SELECT {columns} FROM {table} o JOIN PublishedMeasure m ON m.Publication = o.Publication AND m.Id = o.MeasureId WHERE {Cell} AND {Seen} ORDER BY {order}",
            values, cancellationToken: cancel))];

    private async Task<IReadOnlyList<FilterItem>> ItemsAsync(string sql, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<FilterItem>(new CommandDefinition(sql, values, cancellationToken: cancel))];
    }
}
