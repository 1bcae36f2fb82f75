using System.Text.RegularExpressions;
using ClientVoice.Problems;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Asks ODataLib's parser, and makes its complaints ours.</summary>
internal static partial class Library
{
    /// <param name="option">What is being parsed, for the one who wrote it.</param>
    /// <param name="texts">The text of an option, to say where in it something is wrong.</param>
    /// <exception cref="ProblemException">It is not valid (400), leads nowhere (404), or is a function that the feed does not do (501).</exception>
    public static T Parse<T>(string option, Func<T> read, Func<string, string?>? texts = null)
    {
        try
        {
            return read();
        }
        catch (ODataUnrecognizedPathException)
        {
            throw new ProblemException(ProblemKinds.NotFound, "There is no such set or property in this feed.");
        }
        catch (ODataException error) when (error.Message.StartsWith("Recursion depth", StringComparison.Ordinal))
        {
            throw Refusal.TooLarge(option, $"{option} is nested too deep.");
        }
        catch (ODataException error) when (UnknownFunction().Match(error.Message) is { Success: true } unknown && Functions.IsCanonical(unknown.Groups[1].Value))
        {
            // The library does not know every function of the specification; to the reader it is one that we do not do.
            throw Refusal.NotSupported($"The function {unknown.Groups[1].Value} in {option}");
        }
        catch (ODataException) when (CaseCall().IsMatch(Quoted().Replace(texts?.Invoke(option) ?? "", "")))
        {
            // Its colons are no words to the library.
            throw Refusal.NotSupported($"The function case in {option}");
        }
        catch (ODataException error)
        {
            throw Refusal.NotValid(option, $"{option}: {error.Message.TrimEnd('.')}{Position(error.Message, option, texts)}.");
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or InvalidOperationException or NullReferenceException or OverflowException or NotImplementedException)
        {
            // Some input that it should refuse, ODataLib trips over (in @p); it holds no state that could be hurt.
            throw Refusal.NotValid(option, $"{option} cannot be read.");
        }
    }

    /// <summary>Where in the option's text the thing stands that the library complains of by name.</summary>
    private static string Position(string message, string option, Func<string, string?>? texts)
    {
        if (texts is null || message.Contains("position", StringComparison.OrdinalIgnoreCase) || Named().Match(message) is not { Success: true } named)
        {
            return "";
        }

        foreach (var part in option.Split(" and "))
        {
            var at = texts(part)?.IndexOf(named.Groups[1].Value, StringComparison.Ordinal) ?? -1;
            if (at >= 0)
            {
                return $" (at position {at} of {part})";
            }
        }

        return "";
    }

    [GeneratedRegex("unknown function with name '([A-Za-z.]+)'", RegexOptions.IgnoreCase)]
    private static partial Regex UnknownFunction();

    [GeneratedRegex(@"\bcase\s*\(", RegexOptions.IgnoreCase)]
    private static partial Regex CaseCall();

    [GeneratedRegex("'([^']|'')*'")]
    private static partial Regex Quoted();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Named();
}
