// One aggregation at a time, over all nodes and the verb beside them. A turn that is not renewed runs out, so that a run
// that died does not hold up the next; whoever lost the turn writes nothing any more.
using System.Data.Common;
using ClientVoice.Database;
using Dapper;

namespace ClientVoice.Outcomes;

/// <summary>The right to count, held by one run.</summary>
internal sealed class AggregationTurn : IAsyncDisposable
{
    // Longer than the longest piece of work between two writes, short enough that after a crash the figures are not old.
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly IDatabase database;
    private readonly TimeProvider time;
    private readonly Guid holder;

    private AggregationTurn(IDatabase database, TimeProvider time, Guid holder)
    {
        this.database = database;
        this.time = time;
        this.holder = holder;
    }

    /// <summary>Takes the turn; waits while another run has it.</summary>
    public static async Task<AggregationTurn> TakeAsync(IDatabase database, TimeProvider time, CancellationToken cancel)
    {
        var turn = new AggregationTurn(database, time, Guid.CreateVersion7(time.GetUtcNow()));
        while (!await turn.TryTakeAsync(cancel))
        {
            await Task.Delay(LookAgain, time, cancel);
        }

        return turn;
    }

    /// <summary>Renews the turn within a transaction that writes.</summary>
    /// <exception cref="InvalidOperationException">It ran out and another run took it; nothing more may be written.</exception>
    public async Task RenewAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancel)
    {
        var renewed = await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE AggregationTurn SET UntilAt = @until WHERE Id = 1 AND Holder = @holder", new { holder, until = time.GetUtcNow() + Lasts }, transaction, cancellationToken: cancel));
        if (renewed != 1)
        {
            throw new InvalidOperationException("Another run began to count meanwhile; this one was dropped.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync("UPDATE AggregationTurn SET Holder = NULL, UntilAt = NULL WHERE Id = 1 AND Holder = @holder", new { holder });
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var now = time.GetUtcNow();
        return await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE AggregationTurn SET Holder = @holder, UntilAt = @until WHERE Id = 1 AND (Holder IS NULL OR UntilAt < @now)", new { holder, until = now + Lasts, now }, cancellationToken: cancel)) == 1;
    }
}
