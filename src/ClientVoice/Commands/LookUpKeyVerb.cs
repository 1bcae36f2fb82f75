using System.Globalization;
using ClientVoice.Access;
using ClientVoice.Conversations.Rights;
using ClientVoice.Database;
using ClientVoice.Jobs;

namespace ClientVoice.Commands;

/// <summary><c>look-up-key renew</c> and <c>look-up-key look</c>.</summary>
internal static class LookUpKeyVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["renew" or "look", ..])
        {
            throw new UsageException("look-up-key: say 'look-up-key renew [--days N]' or 'look-up-key look'.");
        }

        var options = new VerbOptions("look-up-key", args[1..], args[0] == "renew" ? ["days"] : [], []);
        var days = options.Number("look-up-key", "days", LookUpRenewal.UsualDays, 1, 365);
        await using var app = House.Builder(options.Settings).Build();
        await app.Services.GetRequiredService<Migrator>().RunAsync(CancellationToken.None);
        var renewal = app.Services.GetRequiredService<LookUpRenewal>();
        if (args[0] == "renew")
        {
            if (!await renewal.BeginAsync(days, null, CancellationToken.None))
            {
                Console.WriteLine("A renewal is under way; nothing was changed.");
                Show(await renewal.StateAsync(CancellationToken.None));
                return 1;
            }

            await GoOnAsync(app.Services);
        }

        Show(await renewal.StateAsync(CancellationToken.None));
        return 0;
    }

    // The first and largest part at once, with its progress; the job of a service goes on with what waits.
    private static async Task GoOnAsync(IServiceProvider services)
    {
        var work = services.GetRequiredService<LookUpKeyWork>();
        var console = new ConsoleProgress("look-up hashes");
        var line = await services.GetRequiredService<WorkRuns>().RunAsync(LookUpKeyWork.Name, (progress, cancel) => work.RunAsync(new BothProgress(progress, console), cancel), CancellationToken.None);
        Console.WriteLine(line?.In("en") ?? "nothing could be brought over yet");
    }

    private static void Show(LookUpRenewalState? state)
    {
        if (state is not { EndedAt: null })
        {
            Console.WriteLine(state is null ? "The look-up key was never renewed." : $"No renewal is under way. The last one began {At(state.BeganAt)}; the old key was destroyed {At(state.EndedAt!.Value)}.");
            return;
        }

        Console.WriteLine($"A renewal is under way since {At(state.BeganAt)}. Everything is written under the new key; under the old one there is {(state.Left.Count == 0 ? "nothing any more." : "still:")}");
        foreach (var (table, rows) in state.Left)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {table}: {rows}{Waits(table, state)}"));
        }

        Console.WriteLine("A service that runs goes on with it, and destroys the old key when nothing is left.");
    }

    private static string Waits(string table, LookUpRenewalState state) => table switch
    {
        "SignInCount" or "Device" => ", gone within the hour",
        "PersonLogin" => $", until they sign in with the provider again; taken away {At(state.KeptUntil)}, and linked again by their e-mail address",
        "ImportColumn" => $", until a list with these headings is read in again; forgotten {At(state.KeptUntil)}",
        _ => ", brought over at the next run; if this stays, the keys of some clients are missing (db/README.md)",
    };

    private static string At(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
