using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace ClientVoice.Tests.Instruments;

/// <summary>Finds what stands beside the tests, by walking up from this file and from the test's own folder.</summary>
internal static class Folders
{
    /// <summary>The official suite, or null: it stands beside the repository and is not part of it.</summary>
    public static string? JsonSchemaSuite => Find(Path.Combine("shared", "json-schema-test-suite", "draft2020-12")) is { } drafts ? Path.GetDirectoryName(drafts) : null;

    /// <summary>The instruments of the repository, or null where there are none yet.</summary>
    public static string? Instruments => Find(Path.Combine("instruments", "scales")) is { } scales ? Path.GetDirectoryName(scales) : null;

    /// <summary>Accepted and rejected answers by instrument, or null where there are none yet.</summary>
    public static string? Examples => Find(Path.Combine("tests", "instruments"));

    private static string? Find(string relative, [CallerFilePath] string thisFile = "")
    {
        foreach (var start in new[] { Path.GetDirectoryName(thisFile)!, TestContext.CurrentContext.TestDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, relative);
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
