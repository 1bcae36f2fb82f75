using ClientVoice.Problems;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace ClientVoice.Feed.Query;

/// <summary>Asks ODataLib's parser, and makes its complaints ours.</summary>
internal static class Library
{
    /// <param name="option">What is being parsed, for the one who wrote it.</param>
    /// <exception cref="ProblemException">It is not valid (400), or leads nowhere (404).</exception>
    public static T Parse<T>(string option, Func<T> read)
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
        catch (ODataException error)
        {
            throw Refusal.NotValid(option, $"{option}: {error.Message}");
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or InvalidOperationException or NullReferenceException or OverflowException)
        {
            // Some input that it should refuse, ODataLib trips over (in @p); it holds no state that could be hurt.
            throw Refusal.NotValid(option, $"{option} cannot be read.");
        }
    }
}
