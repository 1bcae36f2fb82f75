// The verbs. Each exits 0 only when it did what it says; an unknown verb or option is named and refused.
using ClientVoice.Instruments;

namespace ClientVoice.Commands;

/// <summary>Reads the command line and runs one verb.</summary>
internal static class CommandLine
{
    private const string Help =
        """
        ClientVoice: every client is asked, in a way that fits them, how life and support are.

          serve                            start the service (also without a verb)
          check PATH...                    check instrument files or a folder of them
          demo [--clients N] [--locations N] [--years N] [--seed N]
                                           fill an empty database with a made-up organisation
          aggregate [--full]               count the outcomes now
          migrate [--look]                 bring the database's schema up to date; --look: only show the SQL that would run
          import clients FILE.xlsx [--group CODE] [--communication CODE] [--complete] [--look]
                                           read in a client list, all rows or none; --complete: whoever is not on
                                           it has left; --look: only say what would happen
          key create --name X [--scope PLACE]... [--group CODE]... [--expires DAY]
                                           a key for BI tools, shown once; for the whole organisation, or for places
                                           and all below them; for every client group, or for some
          key revoke --name X              put a key out of use
          look-up-key renew [--days N]     renew the key of look-up hashes while the service serves; what only its
                                           owner brings again is waited for N days (45)
          look-up-key look                 how far that is

          backup FILE                      copy the embedded database while it serves, and look whether the copy is whole
          restore FILE [--replace]         put a copy in place, service stopped; what was there is kept beside it
          trail check                      look whether every row of the audit trail is as it was written

        Settings: appsettings.json, environment (ClientVoice__Data=...) or --ClientVoice:Data=...; --urls for the address.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var (verb, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("serve", args);
            return verb switch
            {
                "serve" => await ServeVerb.RunAsync(rest),
                "check" => Check(rest),
                "demo" => await DemoVerb.RunAsync(rest),
                "aggregate" => await AggregateVerb.RunAsync(rest),
                "migrate" => await MigrateVerb.RunAsync(rest),
                "import" => await ImportVerb.RunAsync(rest),
                "key" => await KeyVerb.RunAsync(rest),
                "look-up-key" => await LookUpKeyVerb.RunAsync(rest),
                "backup" => await BackupVerb.RunAsync(rest),
                "restore" => await RestoreVerb.RunAsync(rest),
                "trail" => await TrailVerb.RunAsync(rest),
                "help" => Say(Help, 0),
                _ => Say($"There is no verb '{verb}'.\n\n{Help}", 2),
            };
        }
        catch (UsageException wrong)
        {
            return Say(wrong.Message, 2);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            return Say(error.Message, 1);
        }
    }

    private static int Check(string[] paths)
    {
        if (paths.Length == 0)
        {
            throw new UsageException("check: name at least one file or folder.");
        }

        return InstrumentChecker.Check([.. paths.Select(HousePaths.FromCaller)], Console.Out);
    }

    private static int Say(string text, int exit)
    {
        (exit == 0 ? Console.Out : Console.Error).WriteLine(text);
        return exit;
    }
}

/// <summary>The command line was not understood; the text says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
