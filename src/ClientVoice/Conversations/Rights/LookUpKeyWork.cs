using ClientVoice.Access;
using ClientVoice.Jobs;
using ClientVoice.Shell;

namespace ClientVoice.Conversations.Rights;

/// <summary>The job that carries a renewal of the key of look-up hashes on until it has ended.</summary>
internal sealed class LookUpKeyWork(LookUpRenewal renewal) : IWork
{
    public static string Name => "look-up-key";

    public async Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        if (await renewal.StateAsync(cancel) is not { EndedAt: null } state)
        {
            return null;
        }

        var (over, gone) = await renewal.GoOnAsync(state, (done, total) => progress.Report(new WorkProgress(done, total)), cancel);
        var ended = await renewal.EndAsync(cancel);
        var left = ended ? 0 : (await renewal.StateAsync(cancel))!.Left.Sum(l => l.Rows);
        return over + gone == 0 && !ended ? null : new LocalText(
            $"{over} zoekwaarden onder de nieuwe sleutel gebracht, {gone} vervallen, {left} wachten nog" + (ended ? "; de oude sleutel is vernietigd" : ""),
            $"{over} look-up hashes brought under the new key, {gone} let go, {left} still wait" + (ended ? "; the old key is destroyed" : ""));
    }
}
