using System.Data.Common;
using System.Security.Cryptography;
using ClientVoice.Access;
using ClientVoice.Clients;
using ClientVoice.Clients.Places;
using ClientVoice.Database;
using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Conversations.Anonymous;

/// <summary>The job that lets answers go, several at once: under new ids, in no order, as of the month in which it runs.</summary>
internal sealed class AnonymousReleaseWork(IDatabase database, Secrets secrets, ClientStore clients, ICatalogue catalogue, TimeProvider time) : IWork
{
    // The organisation's own smallest group, if that is more.
    private const int Fewest = 5;

    public static string Name => "anonymous-release";

    public async Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var places = await clients.PlacesAsync(cancel);
        // As they count in this month: a place that was put under another one counts there from the next.
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        var parents = (await PlacesOverTime.ReadAsync(clients, database, cancel)).ParentsOn(today);
        var smallest = Math.Max(Fewest, places.FirstOrDefault(p => p.ParentId is null)?.SmallestGroup ?? Fewest);
        await using var connection = await AnonymousPool.ForgetfulAsync(database, cancel);
        var released = 0;
        await using (var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel))
        {
            var waiting = (await connection.QueryAsync<WaitingRow>(new CommandDefinition(
                "SELECT p.Id, p.ContentSecret, k.Epoch, k.InstrumentId, k.Perspective, k.GroupId, k.PlaceId FROM AnonymousPool p JOIN AnonymousKey k ON k.Id = p.KeyId", transaction: transaction, cancellationToken: cancel)))
                .Select(row => (Row: row, Content: AnonymousPool.Open(secrets, row.ContentSecret))).ToDictionary(w => w.Row.Id);
            foreach (var family in waiting.Values.GroupBy(w => (w.Row.Cohort with { PlaceId = Guid.Empty }, w.Content.Version)))
            {
                // A version that is out of the folder for now: its answers wait until it is back.
                if (catalogue.Current.Find(family.Key.Item1.InstrumentId, family.Key.Version) is not { } instrument)
                {
                    continue;
                }

                var isOver = family.Key.Item1.UntilOn.AddDays(ReleaseRule.DaysAfter) < today;
                foreach (var batch in ReleaseRule.Of(family.Select(w => new WaitingAnswer(w.Row.Id, w.Row.PlaceId)), parents, smallest, isOver))
                {
                    await LetGoAsync(connection, transaction, family.Key.Item1 with { PlaceId = batch.PlaceId }, instrument, [.. batch.Answers.Select(id => waiting[id].Content)], batch.Answers, new DateOnly(today.Year, today.Month, 1), cancel);
                    released += batch.Answers.Count;
                }
            }

            await transaction.CommitAsync(cancel);
        }

        if (released == 0)
        {
            return null;
        }

        await AnonymousPool.EmptyLogAsync(connection);
        return new LocalText($"{released} antwoorden zonder naam tellen nu mee", $"{released} answers without a name count now");
    }

    private async Task LetGoAsync(
        DbConnection connection, DbTransaction transaction, AnonymousCohort cohort, Instrument instrument, AnonymousContent[] contents, IReadOnlyList<Guid> pooled, DateOnly month, CancellationToken cancel)
    {
        RandomNumberGenerator.Shuffle(contents.AsSpan());
        // Written in the order of their ids: then neither ids nor places in the file tell more than that.
        var answers = contents.Select(content => (Id: AnonymousKeys.RandomId(), Content: content)).OrderBy(a => a.Id).ToList();
        await RunAsync(
            "INSERT INTO AnonymousConversation (Id, InstrumentId, InstrumentVersion, Perspective, GroupId, PlaceId, CountedOn) VALUES (@Id, @InstrumentId, @Version, @Perspective, @GroupId, @PlaceId, @month)",
            answers.Select(a => (object)new { a.Id, cohort.InstrumentId, a.Content.Version, cohort.Perspective, cohort.GroupId, cohort.PlaceId, month }));
        await RunAsync(
            "INSERT INTO AnonymousAnswer (AnonymousId, QuestionId, Position, OptionCode, Score, PassedOver) VALUES (@Id, @QuestionId, @Position, @OptionCode, @Score, @passed)",
            answers.SelectMany(a => instrument.Read(a.Content.Answers).Select(given => (object)new { a.Id, given.QuestionId, given.Position, given.OptionCode, given.Score, passed = false })
                .Concat(a.Content.Passed.Select(question => (object)new { a.Id, QuestionId = question, Position = 0, OptionCode = (string?)null, Score = (double?)null, passed = true }))));
        await RunAsync(
            "INSERT INTO AnonymousScore (AnonymousId, DomainId, Score) VALUES (@Id, @DomainId, @Score)",
            answers.SelectMany(a => instrument.Score(a.Content.Answers).Where(s => s.Score is not null).Select(s => (object)new { a.Id, s.DomainId, s.Score })));
        await RunAsync("DELETE FROM AnonymousPool WHERE Id = @id", pooled.Select(id => (object)new { id }));
        // One moment for all of them: to the queue of the outcomes they are as many people who spoke at once.
        await RunAsync("INSERT INTO OutcomeChange (ConversationId, ChangedAt) VALUES (@Id, @now)", answers.Select(a => (object)new { a.Id, now = time.GetUtcNow() }));

        Task RunAsync(string sql, IEnumerable<object> rows) => connection.ExecuteAsync(new CommandDefinition(sql, rows, transaction, cancellationToken: cancel));
    }

    private sealed record WaitingRow
    {
        public Guid Id { get; init; }

        public byte[] ContentSecret { get; init; } = [];

        public string Epoch { get; init; } = "";

        public string InstrumentId { get; init; } = "";

        public string Perspective { get; init; } = "";

        public Guid GroupId { get; init; }

        public Guid PlaceId { get; init; }

        public AnonymousCohort Cohort => new(Epoch, InstrumentId, Perspective, GroupId, PlaceId);
    }
}
