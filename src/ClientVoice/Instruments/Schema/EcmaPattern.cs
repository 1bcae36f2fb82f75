using System.Text.RegularExpressions;

namespace ClientVoice.Instruments.Schema;

/// <summary>A pattern of a schema. Runs in linear time where it can, and within a time limit always.</summary>
internal sealed class EcmaPattern
{
    // High enough for a text of 4,000 characters on a busy machine, low enough that nobody notices the wait.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private readonly Regex regex;

    private EcmaPattern(Regex regex) => this.regex = regex;

    /// <summary>Compiles an ECMAScript pattern; null where it is not one, or has a part that .NET cannot express.</summary>
    public static EcmaPattern? TryCompile(string pattern)
    {
        if (EcmaTranslator.Translate(pattern) is not { } translated)
        {
            return null;
        }

        // The framework has no way to ask whether a pattern is one, except by making it.
        try
        {
            return new EcmaPattern(new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Limit));
        }
        catch (NotSupportedException)
        {
            // Looking around and back-references need backtracking; the time limit holds there too.
            return new EcmaPattern(new Regex(translated, RegexOptions.CultureInvariant, Limit));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether the pattern occurs in the text; beyond the time limit the run is stopped.</summary>
    public bool IsMatch(string text, Evaluation run, Keyword by)
    {
        if (run.Stopped)
        {
            return false;
        }

        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return run.Stop(by.Location, $"Comparing with a pattern took longer than {Limit.TotalMilliseconds} milliseconds.");
        }
    }
}
