using System.Text.RegularExpressions;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Query;

/// <summary>The ways to say no to a query.</summary>
internal static class Refusal
{
    /// <summary>It is OData, but not done here: 501, naming it.</summary>
    public static ProblemException NotSupported(string what) =>
        new(ProblemKinds.QueryNotSupported, $"{what} is not supported by this feed.", [new Fault(what, "Not supported.")]);

    /// <summary>It is wrong: 400, saying what.</summary>
    public static ProblemException NotValid(string where, string message) =>
        new(ProblemKinds.QueryNotValid, message, [new Fault(where, message)]);

    /// <summary>It is wrong: 400, saying what, and where in the query the word stands that it is about.</summary>
    /// <param name="word">As it stands in the query.</param>
    /// <param name="last">The last time that it stands there, not the first.</param>
    public static ProblemException NotValid(string where, string message, string word, bool last = false) => new WrongWord(where, message, word, last);

    public static ProblemException TooLarge(string where, string message) =>
        new(ProblemKinds.QueryTooLarge, message, [new Fault(where, message)]);
}

/// <summary>
/// A word in a query that is wrong by a rule of ours. Where it stands is not known where the rule is, for the library's tree
/// has no positions: it is looked up in the text when the answer is made.
/// </summary>
internal sealed class WrongWord(string where, string message, string word, bool last)
    : ProblemException(ProblemKinds.QueryNotValid, message, [new Fault(where, message)])
{
    // In the order in which they are read: what is named in one can have been made in another.
    private static readonly string[] Options = ["$apply", "$compute", "$filter", "$orderby", "$expand", "$select"];

    /// <summary>The same with the position, counted from 0, where the word is found.</summary>
    /// <param name="texts">The text of an option by its name; null where it was not given.</param>
    public ProblemException In(Func<string, string?> texts)
    {
        var whole = new Regex($"(?<![A-Za-z0-9_]){Regex.Escape(word)}(?![A-Za-z0-9_])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
        foreach (var option in Options.Prepend(where).Where(name => texts(name) is not null))
        {
            var found = whole.Matches(texts(option)!);
            if (found.Count > 0)
            {
                var located = $"{Message} (At position {(last ? found[^1] : found[0]).Index} of {option}.)";
                return new ProblemException(Kind, located, [new Fault(option, located)]);
            }
        }

        return this;
    }
}
