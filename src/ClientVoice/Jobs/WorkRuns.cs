using System.Diagnostics;
using ClientVoice.Database;
using ClientVoice.Shell;
using Dapper;

namespace ClientVoice.Jobs;

/// <summary>One run, as seen on the page.</summary>
internal sealed record WorkRun
{
    public Guid Id { get; init; }

    public string Job { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>running</c>, <c>done</c> or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    public int Done { get; init; }

    public int Total { get; init; }

    /// <summary>The closing line, Dutch above English; one line (a kind of error) where it failed.</summary>
    public string? Message { get; init; }
}

/// <summary>Runs work with its history and progress in the database.</summary>
internal sealed partial class WorkRuns(IDatabase database, TimeProvider time, ILogger<WorkRuns> log)
{
    /// <summary>How a list of runs can be sorted, and by which column.</summary>
    private static readonly Dictionary<string, string> Orders = new() { ["started"] = "StartedAt", ["job"] = "Job", ["state"] = "State" };

    /// <summary>The names of <see cref="Orders"/>, the usual one first.</summary>
    public static readonly IReadOnlyList<string> Sorts = ["started", "job", "state"];

    /// <summary>Runs, sorted by one of <see cref="Sorts"/>, and how many there are in all.</summary>
    /// <param name="job">Of this job alone; null: of all.</param>
    /// <param name="state">In this state alone; null: in any.</param>
    public async Task<(IReadOnlyList<WorkRun> Runs, int Total)> ListAsync(string? job, string? state, string sort, bool descending, int skip, int take, CancellationToken cancel)
    {
        const string where = "FROM JobRun WHERE (@job IS NULL OR Job = @job) AND (@state IS NULL OR State = @state)";
        var (values, direction) = (new { job, state, skip, take }, descending ? " DESC" : "");
        await using var connection = await database.OpenAsync(cancel);
        var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) {where}", values, cancellationToken: cancel));
        var runs = await connection.QueryAsync<WorkRun>(new CommandDefinition(
            $"SELECT Id, Job, StartedAt, EndedAt, State, Done, Total, Message {where} ORDER BY {Orders[sort]}{direction}, Id{direction}{database.Dialect.Page("@skip", "@take")}", values, cancellationToken: cancel));
        return ([.. runs], total);
    }

    /// <summary>The jobs that ever ran, by name.</summary>
    public async Task<IReadOnlyList<string>> JobsAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. await connection.QueryAsync<string>(new CommandDefinition("SELECT DISTINCT Job FROM JobRun ORDER BY Job", cancellationToken: cancel))];
    }

    /// <summary>Runs <paramref name="work"/> and keeps what came of it; a failure is kept and thrown on, a run with nothing to do leaves no trace.</summary>
    public async Task<LocalText?> RunAsync(string name, Func<IProgress<WorkProgress>, CancellationToken, Task<LocalText?>> work, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await WriteAsync("INSERT INTO JobRun (Id, Job, StartedAt, SeenAt, State, Done, Total) VALUES (@id, @name, @now, @now, 'running', 0, 0)", new { id, name, now = time.GetUtcNow() }, cancel);
        try
        {
            var line = await work(new Progress(this, id, time), cancel);
            if (line is null)
            {
                await WriteAsync("DELETE FROM JobRun WHERE Id = @id", new { id }, cancel);
                return null;
            }

            await WriteAsync("UPDATE JobRun SET State = 'done', EndedAt = @now, SeenAt = @now, Done = Total, Message = @message WHERE Id = @id", new { id, message = $"{line.Nl}\n{line.En}", now = time.GetUtcNow() }, cancel);
            JobDone(name, line.In("en"));
            return line;
        }
        catch (Exception error)
        {
            // The kind of error, not its text: an exception's message may quote data.
            var line = error is OperationCanceledException ? "cut off" : error.GetType().Name;
            await WriteAsync("UPDATE JobRun SET State = 'failed', EndedAt = @now, SeenAt = @now, Message = @line WHERE Id = @id", new { id, line, now = time.GetUtcNow() }, CancellationToken.None);
            if (error is not OperationCanceledException)
            {
                JobFailed(error, name);
            }

            throw;
        }
    }

    /// <summary>Runs that were cut off by a stop of the service are closed as failed.</summary>
    public Task CloseCutOffAsync(CancellationToken cancel) => WriteAsync(
        "UPDATE JobRun SET State = 'failed', EndedAt = @now, Message = 'cut off' WHERE State = 'running' AND SeenAt < @before",
        new { now = time.GetUtcNow(), before = time.GetUtcNow().AddMinutes(-2) }, cancel);

    private async Task WriteAsync(string sql, object values, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(sql, values, cancellationToken: cancel));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job}: {Line}")]
    private partial void JobDone(string job, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed")]
    private partial void JobFailed(Exception error, string job);

    // At most one write a second: a reader of the page sees it move, the database does not notice.
    private sealed class Progress(WorkRuns runs, Guid id, TimeProvider time) : IProgress<WorkProgress>
    {
        private long last;

        public void Report(WorkProgress value)
        {
            var now = time.GetTimestamp();
            if (last != 0 && time.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1))
            {
                return;
            }

            last = now;
            runs.WriteAsync("UPDATE JobRun SET Done = @Done, Total = @Total, SeenAt = @now WHERE Id = @id", new { value.Done, value.Total, id, now = time.GetUtcNow() }, CancellationToken.None)
                .GetAwaiter().GetResult();
        }
    }
}
