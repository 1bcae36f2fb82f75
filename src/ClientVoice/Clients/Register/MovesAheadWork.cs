using ClientVoice.Access;
using ClientVoice.Jobs;
using ClientVoice.Shell;

namespace ClientVoice.Clients.Register;

/// <summary>The job that has moves take effect on their day.</summary>
internal sealed class MovesAheadWork(MovesAhead ahead, IAuditTrail audit) : IWork
{
    public static string Name => "moves-ahead";

    public async Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var moved = await ahead.RunAsync(cancel);
        foreach (var client in moved)
        {
            await audit.NowAsync(new AuditEvent("system", null, "client.move", $"client/{client}", null, "done") { About = client }, cancel);
        }

        return moved.Count == 0 ? null : new LocalText($"{moved.Count} verhuisd die vooruit waren ingevoerd", $"{moved.Count} moved that were entered ahead");
    }
}
