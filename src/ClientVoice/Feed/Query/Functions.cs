using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Query;

/// <summary>The functions of OData that the feed does.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, (Function Function, PublishedType Type)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["contains"] = (Function.Contains, PublishedType.Flag),
        ["startswith"] = (Function.StartsWith, PublishedType.Flag),
        ["endswith"] = (Function.EndsWith, PublishedType.Flag),
        ["length"] = (Function.Length, PublishedType.Whole),
        ["indexof"] = (Function.IndexOf, PublishedType.Whole),
        ["substring"] = (Function.Substring, PublishedType.Text),
        ["tolower"] = (Function.ToLower, PublishedType.Text),
        ["toupper"] = (Function.ToUpper, PublishedType.Text),
        ["trim"] = (Function.Trim, PublishedType.Text),
        ["concat"] = (Function.Concat, PublishedType.Text),
        ["year"] = (Function.Year, PublishedType.Whole),
        ["month"] = (Function.Month, PublishedType.Whole),
        ["day"] = (Function.Day, PublishedType.Whole),
        ["round"] = (Function.Round, PublishedType.Number),
        ["floor"] = (Function.Floor, PublishedType.Number),
        ["ceiling"] = (Function.Ceiling, PublishedType.Number),
    };

    /// <summary>The names of all functions, for the README's table.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <exception cref="Problems.ProblemException">The feed does not do this function.</exception>
    public static void MustBeKnown(string name, string option)
    {
        if (!Known.ContainsKey(name))
        {
            throw Refusal.NotSupported($"The function {name} in {option}");
        }
    }

    /// <exception cref="Problems.ProblemException">The feed does not do this function, or not with these arguments.</exception>
    public static CallTerm Read(string name, IReadOnlyList<Term> arguments, string option)
    {
        var known = Known[name];
        switch (known.Function)
        {
            case Function.Substring when !arguments.Skip(1).All(a => a is ConstantTerm { Value: long }):
                throw Refusal.NotSupported($"substring with a position that is not a number in {option}");
            case Function.Substring when arguments.Skip(1).Any(a => a is ConstantTerm { Value: long and (< 0 or > 10_000) }):
                throw Refusal.NotValid(option, "The positions of substring lie between 0 and 10000.");
            case Function.Year or Function.Month or Function.Day when arguments[0].Type != PublishedType.Date:
                throw Refusal.NotSupported($"{name} of a value that is not a date in {option}");
            default:
                return new CallTerm(known.Function, arguments, known.Type);
        }
    }
}
