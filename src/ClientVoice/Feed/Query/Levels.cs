// The publication holds totals beside their parts: a place above its places, a year beside its quarters, a domain beside
// its questions, one view beside another. A plain sum over them counts people twice, and a BI tool shows that figure
// to a board. So a sum has to stay on one level, in one of the ways below.
using ClientVoice.Outcomes;
using ClientVoice.Problems;

namespace ClientVoice.Feed.Query;

/// <summary>Which levels a sum stays on: what filters pin down, and what the rows are grouped by.</summary>
internal sealed class Levels(PublishedSet set)
{
    /// <param name="Reference">The reference or column that a set has where its rows have such levels.</param>
    /// <param name="Ways">Columns that keep a sum on one level, any of these.</param>
    /// <param name="Filter">An example of a filter that does.</param>
    /// <param name="Group">What to group by instead.</param>
    private sealed record Axis(string Reference, string Levels, string[][] Ways, string Filter, string Group);

    // Three years overlap with three years that begin a year later: only one of them is one level.
    private const string PeriodKind = "Period/Kind";

    private static readonly Axis[] Axes =
    [
        // Places of one kind share nobody, nor do places that hang under one place.
        new("Place", "places of several kinds", [["PlaceId"], ["Place/Kind"], ["Place/ParentId"]], "Place/Kind eq 'location'", "Place/Kind"),
        new("Period", "periods of several kinds", [["PeriodId"], ["Period/Kind"]], "Period/Kind eq 'year'", "PeriodId"),
        new("Measure", "several measures", [["MeasureId"], ["Measure/Kind", "Measure/Code"]], "Measure/Kind eq 'domain' and Measure/Code eq '...'", "MeasureId"),
        new("Perspective", "several perspectives", [["Perspective"]], "Perspective eq 'client'", "Perspective"),
    ];

    private readonly HashSet<string> pinned = new(StringComparer.Ordinal);

    /// <summary>The name of a column as the ways above have it: the key of what a reference leads to is the column here.</summary>
    public static string NameOf(ColumnTerm column) => (column.Column.Name, column.Path.Step) switch
    {
        ("Id", { } step) => Below(column.Path.Parent!, step.Column),
        _ => Below(column.Path, column.Column.Name),
    };

    /// <summary>Takes a filter into account: what it lets through has one value of each column that it sets equal to something.</summary>
    /// <param name="names">The name of a column or key; null for anything else.</param>
    public void Narrow(Term filter, Func<Term, string?> names)
    {
        switch (filter)
        {
            case LogicTerm { And: true } all:
                foreach (var operand in all.Operands)
                {
                    Narrow(operand, names);
                }

                break;
            case CompareTerm { Operator: Comparison.Equal, Negated: false, Left: var left, Right: ConstantTerm { Value: { } value } }:
                Pin(names(left), value);
                break;
            case CompareTerm { Operator: Comparison.Equal, Negated: false, Left: ConstantTerm { Value: { } value }, Right: var right }:
                Pin(names(right), value);
                break;
            case AmongTerm { Negated: false, Values: [{ Value: { } value }] } among:
                Pin(names(among.Operand), value);
                break;
            default:
                break;
        }
    }

    /// <summary>Refuses a sum that would count people twice.</summary>
    /// <param name="column">What is summed.</param>
    /// <param name="keys">The names of what the rows are grouped by.</param>
    /// <exception cref="ProblemException">The rows mix levels; it says which filter to add.</exception>
    public void MustBeOne(string column, IReadOnlyCollection<string> keys)
    {
        var mixed = Axes.Where(a => Has(a.Reference) && !a.Ways.Any(way => way.All(n => pinned.Contains(n) || (n != PeriodKind && keys.Contains(n))))).ToList();
        if (mixed.Count > 0)
        {
            throw Refusal.NotValid(
                "$apply",
                $"The sum of {column} would count people more than once: these rows hold {Listed(mixed.Select(a => a.Levels))}, totals beside their parts. "
                + $"Put filter({string.Join(" and ", mixed.Select(a => a.Filter))}) before it in $apply, or group by {string.Join(", ", mixed.Select(a => a.Group))}.",
                column);
        }
    }

    private bool Has(string reference) => set.References.Any(r => r.Name == reference) || set.Columns.Any(c => c.Name == reference);

    private void Pin(string? name, object value)
    {
        if (name is not null && !(name == PeriodKind && value is PeriodKinds.ThreeYears))
        {
            pinned.Add(name);
        }
    }

    private static string Below(NavigationPath path, string column) => path.Text.Length == 0 ? column : $"{path.Text}/{column}";

    private static string Listed(IEnumerable<string> parts)
    {
        var all = parts.ToList();
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
