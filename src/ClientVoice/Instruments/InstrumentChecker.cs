using System.Globalization;
using ClientVoice.Instruments.Checks;
using ClientVoice.Instruments.Loading;

namespace ClientVoice.Instruments;

/// <summary>The verb <c>check</c>: what is wrong with instrument files, without a database.</summary>
internal static class InstrumentChecker
{
    /// <summary>Checks files and folders, and prints each fault as <c>file:line: code: text</c>.</summary>
    /// <returns>0 without faults, 1 with any.</returns>
    public static int Check(IReadOnlyList<string> paths, TextWriter output)
    {
        var faulty = false;
        foreach (var path in paths)
        {
            faulty |= !Check(path, output);
        }

        if (paths.Count == 0)
        {
            output.WriteLine("check needs the path of an instrument file or of a folder of instruments.");
        }

        return faulty || paths.Count == 0 ? 1 : 0;
    }

    private static bool Check(string path, TextWriter output)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var isFile = File.Exists(full);
        if (!isFile && !Directory.Exists(full))
        {
            output.WriteLine($"{path}:1: file-not-readable: There is no such file or folder; correct the path.");
            return false;
        }

        var root = Root(full, isFile);
        bool IsWanted(string name) => full == root || IsAt(Path.Combine(root, name), full);
        // Every file is read, also where one is asked for: a version is held to the versions before it.
        var content = VersionRules.Apply(FolderReader.Read(root), []);
        var faults = content.Faults.Where(fault => IsWanted(fault.File)).ToList();
        foreach (var fault in faults)
        {
            output.WriteLine($"{Shown(path, full, root, fault.File)}:{fault.Line}: {fault.Code}: {fault.Text}");
        }

        foreach (var (file, instrument) in content.Files.Where(pair => IsWanted(pair.File)))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Shown(path, full, root, file)}: {instrument.Key.Id} {instrument.Key.Version}, {instrument.Questions.Count} questions, {ReadingLevel.Of(instrument)}"));
        }

        return faults.Count == 0;
    }

    private static bool IsAt(string file, string path) =>
        file == path || file.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The folder that the scales and pictures are in: the nearest one around the path that looks like it.
    private static string Root(string full, bool isFile)
    {
        var start = isFile ? Path.GetDirectoryName(full)! : full;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "scales")) || File.Exists(Path.Combine(folder.FullName, SharedFiles.InstrumentSchemaName)))
            {
                return folder.FullName;
            }
        }

        // A file in a folder with its own name stands where it should; its parent is then the instruments folder.
        var isInPlace = isFile && Path.GetFileName(full).StartsWith(Path.GetFileName(start) + "-", StringComparison.Ordinal);
        return isInPlace ? Path.GetDirectoryName(start)! : start;
    }

    private static string Shown(string path, string full, string root, string file)
    {
        var below = Path.GetRelativePath(full, Path.Combine(root, file));
        return below == "." ? path : Path.Combine(path, below).Replace('\\', '/');
    }
}
