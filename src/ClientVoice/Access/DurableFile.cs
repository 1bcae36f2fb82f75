// A file that is written once and must be whole or absent, also after the power went, and of which exactly one writer is the first, also
// of several nodes on one folder. The framework's own move looks first and renames then: two nodes could both be the first.
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ClientVoice.Access;

/// <summary>Writes and destroys small files durably.</summary>
internal static class DurableFile
{
    /// <summary>What a file is called before it is there: the name it will have, a part by chance, and this.</summary>
    public const string Making = ".making";

    private const int FileExists = 17, InputOutput = 5;

    /// <summary>Writes a file that is not there yet. The name is only safe when its folder was flushed (<see cref="FlushFolder"/>).</summary>
    /// <returns>False where there is one already: it is left as it is.</returns>
    /// <exception cref="IOException">It could not be written; there is no such file then.</exception>
    public static bool Create(string path, ReadOnlySpan<byte> content)
    {
        EnsureFolder(Path.GetDirectoryName(path)!);
        var making = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}{Making}";
        try
        {
            using (var stream = new FileStream(making, OwnersOnly()))
            {
                stream.Write(content);
                stream.Flush(true);
            }

            return TakeName(making, path);
        }
        finally
        {
            File.Delete(making);
        }
    }

    /// <summary>Makes what was named or taken away in a folder safe against a loss of power. Nothing where the system does it by itself.</summary>
    /// <exception cref="IOException">The disk says that it could not.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = OpenFolder(Name(folder), 0);
        if (handle < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened.");
        }

        var failed = Flush(handle) < 0 && Marshal.GetLastPInvokeError() == InputOutput;
        _ = Close(handle);
        if (failed)
        {
            throw new IOException($"The folder {folder} cannot be flushed to the disk.");
        }
    }

    /// <summary>Writes over a file's content and takes it away; nothing where it is not there.</summary>
    /// <remarks>Disks and file systems that keep earlier blocks keep this one too: what counts is that the content was a wrapped key.</remarks>
    public static void Destroy(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
            stream.Write(RandomNumberGenerator.GetBytes((int)stream.Length));
            stream.Flush(true);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }

        File.Delete(path);
    }

    private static void EnsureFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            FlushFolder(Path.GetDirectoryName(folder)!);
        }
    }

    private static FileStreamOptions OwnersOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static bool TakeName(string making, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(Name(making), Name(path)) == 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() == FileExists)
            {
                return false;
            }
        }

        // Windows is atomic here. Elsewhere: a file system without hard links, where this is the best there is.
        try
        {
            File.Move(making, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    // As the system takes it: UTF-8, with a zero at its end.
    private static byte[] Name(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
