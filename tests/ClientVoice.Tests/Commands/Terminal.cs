using ClientVoice.Commands;

namespace ClientVoice.Tests.Commands;

/// <summary>Runs a verb as at a terminal. What it prints is the process's own: tests that use it run one at a time.</summary>
internal static class Terminal
{
    /// <summary>The exit code, and what was printed.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        var (was, wasError) = (Console.Out, Console.Error);
        using var output = new StringWriter();
        using var error = new StringWriter();
        Console.SetOut(output);
        Console.SetError(error);
        try
        {
            return (await CommandLine.RunAsync(args), output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(was);
            Console.SetError(wasError);
        }
    }
}
