using ClientVoice.Instruments;
using ClientVoice.Jobs;
using ClientVoice.Shell;

namespace ClientVoice.Choices.Due;

/// <summary>The job that makes lines anew before somebody asks for them: a new day is another day for everybody, and so is another version of the program.</summary>
internal sealed class DueWork(DueRefresh refresh, ICatalogue catalogue) : IWork
{
    public static string Name => "due-lines";

    public async Task<LocalText?> RunAsync(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        // Before the instruments are read nobody would be due with any.
        if (catalogue.Current != CatalogueState.Empty)
        {
            await refresh.EverybodyAsync(cancel);
        }

        // No line of its own among the runs: a conversation that comes in is no event to report.
        return null;
    }
}
