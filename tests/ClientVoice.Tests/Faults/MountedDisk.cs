// A disk of its own, small enough to fill and free to be broken: a file with ext4 in it, mounted. Needs the right to mount.
using System.Diagnostics;

namespace ClientVoice.Tests.Faults;

/// <summary>A mounted disk; unmounted and gone afterwards.</summary>
internal sealed class MountedDisk : IDisposable
{
    private readonly string image;

    private MountedDisk(string image, string path) => (this.image, Path) = (image, path);

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Makes and mounts one; the test is skipped, with the reason, where that is not allowed.</summary>
    public static MountedDisk Make(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("clientvoice-disk-").FullName;
        var disk = new MountedDisk(folder + ".img", folder);
        var fault = Run("truncate", "-s", $"{megabytes}M", disk.image) ?? Run("mkfs.ext4", "-q", "-m", "0", disk.image) ?? Run("mount", "-o", "loop,errors=remount-ro", disk.image, folder);
        if (fault is not null)
        {
            File.Delete(disk.image);
            Directory.Delete(folder);
            Assert.Ignore($"A disk of its own cannot be mounted here: {fault}");
        }

        return disk;
    }

    /// <summary>Not one more byte fits.</summary>
    public void Fill()
    {
        const int rest = 4 << 20;
        using var filler = new FileStream(Filler, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, PreallocationSize = Math.Max(0, new DriveInfo(Path).AvailableFreeSpace - rest) });
        filler.Position = filler.Length;
        var block = new byte[1 << 20];
        for (var size = block.Length; size > 0;)
        {
            try
            {
                filler.Write(block, 0, size);
                filler.Flush(true);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    /// <summary>There is room again.</summary>
    public void Empty() => File.Delete(Filler);

    /// <summary>What was written so far is on the disk, and not only in the memory of the machine.</summary>
    public void Flush() => Assert.That(Run("sync", "-f", Path), Is.Null);

    /// <summary>
    /// From now on nothing can be written, as after a fault of the disk itself: whoever has a file open for writing too. What was not flushed
    /// is lost, as when the power goes.
    /// </summary>
    public void Break() => Assert.That(Run("mount", "-o", "remount,abort", Path), Is.Null);

    /// <summary>Whole again, as after a repair: unmounted, looked through, mounted.</summary>
    public void Repair()
    {
        Assert.That(Run("umount", Path), Is.Null);
        // 1: it had something to repair, and did.
        Assert.That(Run("fsck.ext4", "-f", "-y", image), Is.Null.Or.Contains("exit 1"));
        Assert.That(Run("mount", "-o", "loop,errors=remount-ro", image, Path), Is.Null);
    }

    /// <summary>Mounted again so that nobody may write.</summary>
    public void ForReadingOnly() => Assert.That(Run("mount", "-o", "remount,ro", Path), Is.Null);

    public void Dispose()
    {
        Run("umount", Path);
        File.Delete(image);
        Directory.Delete(Path);
    }

    // What went wrong; null where nothing did.
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _ = process.StandardOutput.ReadToEndAsync();
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program}: exit {process.ExitCode}: {said.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return $"{program}: {error.Message}";
        }
    }
}
