using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments;

/// <summary>What was read of the folder, and what the folder looked like just before (<see cref="FolderPrint"/>).</summary>
internal sealed record FolderReading(string Print, FolderContent Content);

/// <summary>The folder of instruments.</summary>
/// <param name="path">The whole path.</param>
internal sealed class InstrumentFolder(string path)
{
    private Task<FolderReading>? ahead;

    /// <summary>The whole path.</summary>
    public string Path => path;

    /// <summary>
    /// Begins to read now, for the next <see cref="ReadAsync"/>. Reading needs nothing else of the service and takes the
    /// longest of a start: this way it goes on beside the rest, on one processor, so that the rest has the other.
    /// </summary>
    public void ReadAhead() => ahead = Task.Run(() => Read(sideBySide: false));

    /// <summary>Reads the folder.</summary>
    /// <exception cref="IOException">It changed in a way that it could not be read.</exception>
    public Task<FolderReading> ReadAsync(CancellationToken cancel) => Interlocked.Exchange(ref ahead, null) ?? Task.Run(() => Read(sideBySide: true), cancel);

    // The print is taken before reading: a file that changes meanwhile makes another print, and so another load.
    private FolderReading Read(bool sideBySide)
    {
        var print = FolderPrint.Of(path);
        return new FolderReading(print, FolderReader.Read(path, sideBySide: sideBySide));
    }
}
