// A machine whose disk takes its time and whose clock is moved: what the service asks the C library for is answered so (LD_PRELOAD), for the
// runtime, the scheduler and the database alike. Built here, where there is a C compiler.
using System.Diagnostics;

namespace ClientVoice.Tests.Faults;

/// <summary>A library that is put in front of the C library; gone with its folder.</summary>
internal sealed class FaultyMachine : IDisposable
{
    private const string Source =
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <time.h>
        #include <unistd.h>

        /* Two numbers in a file that the test writes: how long a flush takes in milliseconds, how far the clock is moved in seconds. */
        static volatile long *said;

        __attribute__((constructor)) static void begin(void) {
          int file = open(getenv("FAULTY_MACHINE"), O_RDONLY);
          said = mmap(0, 2 * sizeof(long), PROT_READ, MAP_SHARED, file, 0);
          close(file);
        }

        static void slowly(void) {
          struct timespec pause = { said[0] / 1000, said[0] % 1000 * 1000000 };
          nanosleep(&pause, 0);
        }

        int fsync(int file) { slowly(); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file); }
        int fdatasync(int file) { slowly(); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file); }

        int clock_gettime(clockid_t clock, struct timespec *time) {
          int answer = ((int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime"))(clock, time);
          if (said && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += said[1];
          return answer;
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("clientvoice-machine-").FullName;

    /// <summary>Builds it; the test is skipped, with the reason, where that is not possible.</summary>
    public FaultyMachine()
    {
        Say(0, 0);
        var source = Path.Combine(folder, "machine.c");
        File.WriteAllText(source, Source);
        try
        {
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", Library, source, "-ldl"]);
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Directory.Delete(folder, true);
            Assert.Ignore("There is no C compiler (cc) to build the machine with.");
        }
    }

    /// <summary>What the shell does before it becomes a service on this machine.</summary>
    public string Shell => $"export FAULTY_MACHINE={Said} LD_PRELOAD={Library}";

    private string Library => Path.Combine(folder, "machine.so");

    private string Said => Path.Combine(folder, "said");

    /// <summary>From now on a flush to the disk takes so much longer.</summary>
    public void SlowDisk(TimeSpan flush) => Say((long)flush.TotalMilliseconds, 0);

    /// <summary>From now on the clock says another time.</summary>
    public void MoveClock(TimeSpan by) => Say(0, (long)by.TotalSeconds);

    public void Dispose() => Directory.Delete(folder, true);

    // Written in place: the service has it in its memory.
    private void Say(long milliseconds, long seconds)
    {
        using var file = new FileStream(Said, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write([.. BitConverter.GetBytes(milliseconds), .. BitConverter.GetBytes(seconds)]);
    }
}
