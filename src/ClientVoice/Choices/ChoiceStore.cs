using System.Data.Common;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Problems;
using Dapper;

namespace ClientVoice.Choices;

/// <summary>A choice to make.</summary>
/// <param name="Reason">In words; needed where the instrument does not fit the group.</param>
internal sealed record NewChoice(
    Guid GroupId,
    string InstrumentId,
    string Perspective,
    DateOnly FromOn,
    int EveryMonths,
    bool RegularWorkerMayLead,
    string? Reason,
    Guid? MadeBy,
    bool Anonymous = false)
{
    /// <summary>Of a hundred clients so many are drawn, 1 to 100.</summary>
    public int SharePercent { get; init; } = 100;

    /// <summary>When it asks, once: one of <see cref="ClientTurn.Moments"/>; null: in a rhythm of months.</summary>
    public string? Moment { get; init; }

    /// <summary>Whether the first conversations are spread over the rhythm.</summary>
    public bool Spreads { get; init; }

    /// <summary>What of it decides who is asked and when first.</summary>
    public TurnRule Turn => new(GroupId, FromOn, EveryMonths, SharePercent, Moment, Spreads);
}

/// <summary>Keeps choices: a new one ends the one before it, and nothing is overwritten.</summary>
internal sealed class ChoiceStore(IDatabase database, Secrets secrets, ICatalogue catalogue, ClientStore clients, TimeProvider time)
{
    private const string Columns = "Id, GroupId, InstrumentId, FromOn, UntilOn, EveryMonths, Perspective, MinimumObservers, RegularWorkerMayLead, Anonymous, MadeAt, SharePercent, Moment, Spreads, TogetherId";

    /// <summary>Whether one person answers alone from this perspective, for oneself: only then can it be without a name.</summary>
    public static bool MayBeAnonymous(Instrument instrument, string perspective) => perspective is "client" or "relative" && instrument.Perspectives.GetValueOrDefault(perspective) <= 1;

    /// <summary>Every choice ever made, newest first.</summary>
    public async Task<IReadOnlyList<Choice>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await AllAsync(connection, null, cancel);
    }

    /// <summary>The same within the caller's transaction.</summary>
    public static async Task<IReadOnlyList<Choice>> AllAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancel) =>
        [.. await connection.QueryAsync<Choice>(new CommandDefinition($"SELECT {Columns} FROM Choice ORDER BY FromOn DESC, MadeAt DESC, Id DESC", transaction: transaction, cancellationToken: cancel))];

    /// <summary>Makes a choice. The group's running choice for the same perspective ends the day before.</summary>
    /// <exception cref="ProblemException"><c>choice-not-valid</c>, with each fault.</exception>
    public async Task<Guid> MakeAsync(NewChoice choice, CancellationToken cancel) => (await MakeAsync([choice], cancel))[0];

    /// <summary>Makes choices together, one for each view: all or none, and taken back together.</summary>
    /// <exception cref="ProblemException"><c>choice-not-valid</c>, with each fault.</exception>
    public async Task<IReadOnlyList<Guid>> MakeAsync(IReadOnlyList<NewChoice> together, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        foreach (var choice in together)
        {
            faults.AddRange(await FaultsAsync(choice, cancel));
        }

        if (faults.Count > 0)
        {
            throw new ProblemException(ProblemKinds.ChoiceNotValid, null, faults);
        }

        Guid? togetherId = together.Count > 1 ? Guid.CreateVersion7(time.GetUtcNow()) : null;
        var made = new List<Guid>();
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var choice in together)
        {
            made.Add(await InsertAsync(connection, transaction, choice, togetherId, cancel));
        }

        await transaction.CommitAsync(cancel);
        return made;
    }

    private async Task<Guid> InsertAsync(DbConnection connection, DbTransaction transaction, NewChoice choice, Guid? togetherId, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        // A choice that would have begun on or after the new one never takes effect: it ends before it begins.
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE Choice SET UntilOn = @until WHERE GroupId = @GroupId AND Perspective = @Perspective AND COALESCE(Moment, '') = COALESCE(@Moment, '') AND (UntilOn IS NULL OR UntilOn > @until)",
            new { until = choice.FromOn.AddDays(-1), choice.GroupId, choice.Perspective, choice.Moment }, transaction, cancellationToken: cancel));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO Choice (Id, GroupId, InstrumentId, FromOn, EveryMonths, Perspective, MinimumObservers, RegularWorkerMayLead, Anonymous, ReasonSecret, MadeBy, MadeAt, SharePercent, Moment, Spreads, TogetherId)
            VALUES (@id, @GroupId, @InstrumentId, @FromOn, @EveryMonths, @Perspective, @minimum, @RegularWorkerMayLead, @Anonymous, @reason, @MadeBy, @now, @SharePercent, @Moment, @Spreads, @togetherId)
            """,
            new
            {
                id, choice.GroupId, choice.InstrumentId, choice.FromOn, choice.EveryMonths, choice.Perspective,
                minimum = Math.Max(1, catalogue.Current.Newest(choice.InstrumentId)!.Perspectives[choice.Perspective]),
                choice.SharePercent, choice.Moment, choice.Spreads, togetherId,
                choice.RegularWorkerMayLead, choice.Anonymous, reason = secrets.ProtectOrNull(SecretKind.Words, choice.Reason), choice.MadeBy, now = time.GetUtcNow(),
            },
            transaction, cancellationToken: cancel));
        return id;
    }

    /// <summary>Takes a choice back, with those that were made together with it; those before it hold again as they did. The row stays: a tablet may still send what it held for it.</summary>
    /// <returns>False where it is not the newest of its group and perspective, or was taken back already. The caller has seen that nobody was asked.</returns>
    public async Task<bool> UndoAsync(Guid id, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        var all = (await connection.QueryAsync<Choice>(new CommandDefinition($"SELECT {Columns} FROM Choice", transaction: transaction, cancellationToken: cancel))).ToList();
        if (all.FirstOrDefault(c => c.Id == id) is not { IsUndone: false } asked)
        {
            return false;
        }

        var together = TogetherWith(all, asked);
        if (together.Any(choice => NewestOf(all, choice)?.Id != choice.Id))
        {
            return false;
        }

        foreach (var choice in together)
        {
            await EndAsync(choice.Id, ChoiceEnds.Never);
            foreach (var (other, until) in ChoiceEnds.Of(all.Where(c => c.Replaces(choice) && !c.IsUndone && c.Id != choice.Id)))
            {
                await EndAsync(other, until);
            }
        }

        await transaction.CommitAsync(cancel);
        return true;

        Task EndAsync(Guid which, DateOnly? until) =>
            connection.ExecuteAsync(new CommandDefinition("UPDATE Choice SET UntilOn = @until WHERE Id = @which", new { which, until }, transaction, cancellationToken: cancel));
    }

    /// <summary>A choice and those that were made together with it.</summary>
    public static IReadOnlyList<Choice> TogetherWith(IEnumerable<Choice> choices, Choice choice) =>
        [.. choices.Where(c => c.Id == choice.Id || (choice.TogetherId is not null && c.TogetherId == choice.TogetherId))];

    /// <summary>Of a choice and those that it replaces or is replaced by: which was made last and not taken back.</summary>
    public static Choice? NewestOf(IEnumerable<Choice> choices, Choice choice) =>
        choices.Where(c => c.Replaces(choice) && !c.IsUndone).OrderBy(c => c.MadeAt).ThenBy(c => c.Id).LastOrDefault();

    /// <summary>What is wrong with a choice, before it is made; empty where nothing is.</summary>
    public async Task<IReadOnlyList<Fault>> FaultsAsync(NewChoice choice, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var group = (await clients.GroupsAsync(cancel)).FirstOrDefault(g => g.Id == choice.GroupId);
        var instrument = catalogue.Current.Newest(choice.InstrumentId);
        var ages = await clients.GroupAgesAsync(DateOnly.FromDateTime(time.GetLocalNow().DateTime), cancel);
        Check(group is null, "group", "There is no such client group.");
        Check(instrument is null, "instrument", "There is no such instrument.");
        Check(instrument is { Subject: not "client" }, "instrument", "This instrument is not about a client.");
        Check(instrument is not null && !instrument.Perspectives.ContainsKey(choice.Perspective), "perspective", "This instrument is not answered from that perspective.");
        Check(
            choice.Anonymous && instrument is not null && !MayBeAnonymous(instrument, choice.Perspective), "anonymous",
            "Only what a client or a relative answers alone can be answered without a name.");
        Check(choice.SharePercent is < 1 or > 100, "share", "The share is 1 to 100 percent.");
        Check(choice.Moment is not null && !ClientTurn.Moments.Contains(choice.Moment), "moment", "There is no such moment.");
        Check(choice.EveryMonths is < 1 or > 36, "everyMonths", "The rhythm is once per 1 to 36 months.");
        Check(
            group is not null && instrument is not null && FitRule.Of(instrument, group, ages.GetValueOrDefault(group.Id)).Level == FitLevel.DoesNotFit && string.IsNullOrWhiteSpace(choice.Reason),
            "reason", "This instrument is not made for this group: write down why it is chosen all the same.");
        return faults;

        void Check(bool wrong, string pointer, string reason)
        {
            if (wrong)
            {
                faults.Add(new Fault(pointer, reason));
            }
        }
    }
}
