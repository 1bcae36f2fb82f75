using System.IO.Compression;

namespace ClientVoice.QualityReports;

/// <summary>Packs a zip anew so that the same content always gives the same bytes: a file's time is not content.</summary>
internal static class StableZip
{
    // The first moment that a zip can hold.
    public static readonly DateTimeOffset Moment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Repack(MemoryStream zip)
    {
        var packed = new MemoryStream();
        zip.Position = 0;
        using (var from = new ZipArchive(zip, ZipArchiveMode.Read))
        using (var to = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            // What a package is made of comes first, as office programs write it.
            foreach (var entry in from.Entries.OrderBy(e => e.FullName == "[Content_Types].xml" ? 0 : 1).ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = Moment;
                using var source = entry.Open();
                using var target = copy.Open();
                source.CopyTo(target);
            }
        }

        return packed.ToArray();
    }
}
