using ClientVoice.Outcomes;

namespace ClientVoice.Feed.Query;

/// <summary>The functions of OData that the feed does; also what $metadata promises.</summary>
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

    /// <summary>Functions that are read otherwise: <c>cast</c> takes a type, and of now there is only today (<c>date(now())</c>).</summary>
    private static readonly string[] Apart = ["cast", "date", "now"];

    /// <summary>Functions of the specification without a meaning here: no times of day, places on the map, or collections of values.</summary>
    private static readonly string[] Elsewhere =
    [
        "isof", "matchespattern", "case", "fractionalseconds", "hour", "minute", "second", "time", "totaloffsetminutes", "totalseconds", "mindatetime", "maxdatetime",
        "geo.distance", "geo.intersects", "geo.length", "hassubset", "hassubsequence",
    ];

    /// <summary>The names of all functions that are done.</summary>
    public static IEnumerable<string> Names => Known.Keys.Concat(Apart);

    /// <summary>The names of the specification's functions that are not.</summary>
    public static IEnumerable<string> Refused => Elsewhere;

    /// <summary>Whether the specification has a function of this name.</summary>
    public static bool IsCanonical(string name) =>
        Known.ContainsKey(name) || Apart.Contains(name, StringComparer.OrdinalIgnoreCase) || Elsewhere.Contains(name, StringComparer.OrdinalIgnoreCase);

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
            case Function.Substring when !arguments.Skip(1).All(a => a is ConstantTerm { Value: long } or MinusTerm { Operand: ConstantTerm { Value: long } }):
                throw Refusal.NotSupported($"substring with a position that is not a number in {option}");
            case Function.Substring:
                return new CallTerm(known.Function, [arguments[0], .. Positions(arguments, option)], known.Type);
            case Function.Year or Function.Month or Function.Day when arguments[0].Type != PublishedType.Date:
                throw Refusal.NotSupported($"{name} of a value that is not a date in {option}");
            default:
                return new CallTerm(known.Function, arguments, known.Type);
        }
    }

    // OData 4.01: a start below zero counts from the end; a length below zero is nothing.
    private static IEnumerable<ConstantTerm> Positions(IReadOnlyList<Term> arguments, string option)
    {
        foreach (var (index, term) in arguments.Skip(1).Index())
        {
            var value = term is MinusTerm { Operand: ConstantTerm { Value: long minus } } ? -minus : (long)((ConstantTerm)term).Value!;
            if (value is < -10_000 or > 10_000 || (index == 1 && value < 0))
            {
                throw Refusal.NotValid(option, "The positions of substring lie between -10000 and 10000, its length between 0 and 10000.", "substring");
            }

            yield return new ConstantTerm(value, PublishedType.Whole);
        }
    }
}
