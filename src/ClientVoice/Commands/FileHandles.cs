// Connections are file handles, and a program that has none left cannot open its database; the runtime even ends it when it cannot
// open a file of its own. So connections are bounded well below what the process may have open: one too many is turned away.
using System.Globalization;

namespace ClientVoice.Commands;

/// <summary>How many connections there may be at once.</summary>
internal static class FileHandles
{
    // The program itself had 320 open when it was looked at (its own files, the database, watched folders); twice that leaves room to work.
    private const long OfTheProgram = 600;

    // Fewer would turn away a location's tablets; more than the second no node serves in time anyway.
    private const long Fewest = 64, Most = 20_000;

    /// <summary>What is left for connections of what this process may have open.</summary>
    public static long ForConnections() => Math.Clamp(MayHave() - OfTheProgram, Fewest, Most);

    // Linux says it in a table; elsewhere there is no such bound, or none that is met.
    private static long MayHave()
    {
        const string limits = "/proc/self/limits", line = "Max open files";
        var said = File.Exists(limits) ? File.ReadLines(limits).FirstOrDefault(l => l.StartsWith(line, StringComparison.Ordinal)) : null;
        return long.TryParse(said?[line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : OfTheProgram + Most;
    }
}
