using System.Security.Cryptography;
using System.Text;

namespace ClientVoice.Instruments.Loading;

/// <summary>Whether a folder changed: names, sizes and times, without reading a file.</summary>
internal static class FolderPrint
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true };

    /// <summary>The same as long as nothing changes; empty where the folder cannot be read.</summary>
    public static string Of(string folder)
    {
        try
        {
            var files = new DirectoryInfo(folder).EnumerateFiles("*", Below)
                .Select(file => $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}")
                .Order(StringComparer.Ordinal);
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))));
        }
        catch (IOException)
        {
            // The folder is not there, or a file vanished while it was counted: whatever comes next differs.
            return "";
        }
    }
}
